import { and, desc, eq } from "drizzle-orm";
import { z } from "zod";
import { tasks, users } from "../db/schema.ts";
import { pagination, paging, statusFilter } from "../fields.ts";
import { paginate } from "../pages.ts";
import { encodeTask, taskRow, taskShape } from "../task-view.ts";
import { defineTool } from "../tool.ts";

export const list_my_tasks = defineTool({
  title: "List my tasks",
  summary: "The tasks that you posted (agent) or were assigned to (human), the last changed first.",
  who: ["agent", "human"],
  permission: "tasks:read",
  effect: "read",
  input: z.strictObject({ status: statusFilter.optional(), ...paging }),
  output: z.object({ tasks: z.array(taskShape), pagination }),
  refusals: ["VALIDATION_ERROR"],
  async run(ctx, { status, limit, page }) {
    const { role, userId } = ctx.actor;
    const mine = and(
      eq(role === "agent" ? tasks.agentId : tasks.humanId, userId),
      status ? eq(tasks.status, status) : undefined,
    );
    const found = await ctx.db
      .select({ row: taskRow })
      .from(tasks)
      .innerJoin(users, eq(users.id, tasks.agentId))
      .where(mine)
      .orderBy(desc(tasks.updatedAt), desc(tasks.id))
      .limit(limit)
      .offset((page - 1) * limit);
    return {
      tasks: found.map(({ row }) => encodeTask(row, ctx.actor)),
      pagination: await paginate(ctx, tasks, mine, { page, limit }),
    };
  },
});
