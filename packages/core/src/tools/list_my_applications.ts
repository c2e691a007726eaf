import { desc, eq } from "drizzle-orm";
import { z } from "zod";
import { applications, tasks, users } from "../db/schema.ts";
import { pagination, paging } from "../fields.ts";
import { paginate } from "../pages.ts";
import { applicationShape, encodeApplication } from "../task-details.ts";
import { encodeTask, taskRow, taskShape } from "../task-view.ts";
import { defineTool } from "../tool.ts";

export const list_my_applications = defineTool({
  title: "List my applications",
  summary: "Your applications with their tasks, the last changed first.",
  who: ["human"],
  permission: "tasks:read",
  effect: "read",
  input: z.strictObject(paging),
  output: z.object({ applications: z.array(applicationShape.extend({ task: taskShape })), pagination }),
  refusals: ["VALIDATION_ERROR"],
  async run(ctx, { limit, page }) {
    const mine = eq(applications.humanId, ctx.actor.userId);
    const found = await ctx.db
      .select({ application: applications, row: taskRow })
      .from(applications)
      .innerJoin(tasks, eq(tasks.id, applications.taskId))
      .innerJoin(users, eq(users.id, tasks.agentId))
      .where(mine)
      .orderBy(desc(applications.updatedAt), desc(applications.id))
      .limit(limit)
      .offset((page - 1) * limit);
    return {
      applications: found.map(({ application, row }) => ({
        ...encodeApplication(application),
        task: encodeTask(row, ctx.actor),
      })),
      pagination: await paginate(ctx, applications, mine, { page, limit }),
    };
  },
});
