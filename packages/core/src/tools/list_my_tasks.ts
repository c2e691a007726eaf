import { and, desc, eq, ilike, or } from "drizzle-orm";
import { z } from "zod";
import { tasks, users } from "../db/schema.ts";
import { pagination, paging, statusFilter, text } from "../fields.ts";
import { containing, paginate } from "../pages.ts";
import { encodeTask, taskRow, taskShape } from "../task-view.ts";
import { defineTool } from "../tool.ts";

export const list_my_tasks = defineTool({
  title: "List my tasks",
  summary: "The tasks that you posted (agent) or were assigned to (human), the last changed first.",
  who: ["agent", "human"],
  permission: "tasks:read",
  effect: "read",
  input: z.strictObject({
    status: statusFilter.optional(),
    search: text(100).optional().describe("Words in the title, or the beginning of an ID"),
    ...paging,
  }),
  output: z.object({ tasks: z.array(taskShape), pagination }),
  refusals: ["VALIDATION_ERROR"],
  async run(ctx, { status, search, limit, page }) {
    const { role, userId } = ctx.actor;
    const like = search ? containing(search) : null;
    const mine = and(
      eq(role === "agent" ? tasks.agentId : tasks.humanId, userId),
      status ? eq(tasks.status, status) : undefined,
      like ? or(ilike(tasks.title, like), ilike(tasks.id, like.slice(1))) : undefined,
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
