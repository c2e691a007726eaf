import { sql } from "drizzle-orm";
import { z } from "zod";
import { applications, clockNow } from "../db/schema.ts";
import { Refusal } from "../errors.ts";
import { taskId, text } from "../fields.ts";
import { vetSpeech } from "../risk/speech.ts";
import { isSuspended } from "../suspension.ts";
import { applicationOf, applicationShape, encodeApplication } from "../task-details.ts";
import { lockTask } from "../task-lock.ts";
import { defineTool } from "../tool.ts";

export const apply_to_task = defineTool({
  title: "Apply to a task",
  summary: "Apply for an open task with a note to its agent. Who withdrew may apply again.",
  who: ["human"],
  permission: "tasks:write",
  effect: "write",
  input: z.strictObject({ taskId, message: text(2000).describe("Why you, and when you can start") }),
  output: applicationShape,
  refusals: [
    "TASK_NOT_FOUND",
    "INVALID_STATUS",
    "DEADLINE_PASSED",
    "IS_A_QUESTION",
    "ALREADY_APPLIED",
    "APPLICATIONS_FULL",
    "RISK_GATE_BLOCKED",
    "VALIDATION_ERROR",
  ],
  async run(ctx, input) {
    vetSpeech(input.message);
    const task = await lockTask(ctx, input.taskId, ["open"]);
    if (task.question_id) throw new Refusal("IS_A_QUESTION", { use: "claim_question" });
    if (await isSuspended(ctx, task.agent_id)) throw new Refusal("TASK_NOT_FOUND", { taskId: task.id });
    const before = await applicationOf(ctx, task.id);
    if (before?.status === "pending") throw new Refusal("ALREADY_APPLIED");
    if (task.applicant_count >= task.max_applications) {
      throw new Refusal("APPLICATIONS_FULL", { max: task.max_applications });
    }
    const now = {
      status: "pending" as const,
      message: input.message,
      appliedAt: clockNow,
      updatedAt: clockNow,
    };
    const [application] = await ctx.db
      .insert(applications)
      .values({ id: ctx.id("app"), taskId: task.id, humanId: ctx.actor.userId, ...now })
      .onConflictDoUpdate({ target: [applications.taskId, applications.humanId], set: now })
      .returning();
    await ctx.db.execute(sql`update task set applicant_count = applicant_count + 1 where id = ${task.id}`);
    return encodeApplication(application!);
  },
});
