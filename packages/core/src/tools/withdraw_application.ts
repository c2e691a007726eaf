import { and, eq, sql } from "drizzle-orm";
import { z } from "zod";
import { applications, clockNow } from "../db/schema.ts";
import { Refusal } from "../errors.ts";
import { taskId } from "../fields.ts";
import { applicationShape, encodeApplication } from "../task-details.ts";
import { lockTask } from "../task-lock.ts";
import { defineTool } from "../tool.ts";

export const withdraw_application = defineTool({
  title: "Withdraw an application",
  summary: "Take back your pending application for an open task.",
  who: ["human"],
  permission: "tasks:write",
  effect: "write",
  input: z.strictObject({ taskId }),
  output: applicationShape,
  refusals: [
    "TASK_NOT_FOUND",
    "INVALID_STATUS",
    "DEADLINE_PASSED",
    "NO_PENDING_APPLICATION",
    "VALIDATION_ERROR",
  ],
  async run(ctx, input) {
    const task = await lockTask(ctx, input.taskId, ["open"]);
    const mine = and(
      eq(applications.taskId, task.id),
      eq(applications.humanId, ctx.actor.userId),
      eq(applications.status, "pending"),
    );
    const [application] = await ctx.db
      .update(applications)
      .set({ status: "withdrawn", updatedAt: clockNow })
      .where(mine)
      .returning();
    if (!application) throw new Refusal("NO_PENDING_APPLICATION", { humanId: ctx.actor.userId });
    await ctx.db.execute(sql`update task set applicant_count = applicant_count - 1 where id = ${task.id}`);
    return encodeApplication(application);
  },
});
