import { and, desc, eq, gt, ilike, or, sql } from "drizzle-orm";
import { z } from "zod";
import { tasks, users } from "../db/schema.ts";
import { category, pagination, paging, statusFilter, text, urgency, userId } from "../fields.ts";
import { containing, paginate } from "../pages.ts";
import { oncePerOpenQuestion } from "../questions/places.ts";
import { encodeTask, taskRow, taskShape, visibleTo } from "../task-view.ts";
import { defineTool } from "../tool.ts";

export const list_tasks = defineTool({
  title: "List tasks",
  summary: "List tasks with optional filters and pagination, newest first: all open ones and your own.",
  who: ["visitor", "agent", "human", "admin"],
  permission: "tasks:read",
  effect: "read",
  contract: true,
  input: z.strictObject({
    status: statusFilter.optional(),
    category: category.optional().describe("Filter by category"),
    urgency: urgency.optional().describe("Filter by urgency"),
    remote: z.boolean().optional().describe("Filter remote-only tasks"),
    agentId: userId.optional().describe("Filter by agent ID"),
    search: text(100).optional().describe("Words in title, description or place"),
    ...paging,
  }),
  output: z.object({ tasks: z.array(taskShape), pagination }),
  refusals: ["FORBIDDEN", "VALIDATION_ERROR"],
  async run(ctx, { limit, page, ...f }) {
    const like = f.search ? containing(f.search) : null;
    const where = and(
      visibleTo(ctx.actor),
      oncePerOpenQuestion(ctx.actor.userId),
      f.status ? eq(tasks.status, f.status) : undefined,
      // An open task whose deadline has passed is about to expire: nobody can apply to it any more.
      f.status === "open" ? gt(tasks.deadline, sql`clock_now()`) : undefined,
      f.category ? eq(tasks.category, f.category) : undefined,
      f.urgency ? eq(tasks.urgency, f.urgency) : undefined,
      f.remote === undefined ? undefined : eq(tasks.remote, f.remote),
      f.agentId ? eq(tasks.agentId, f.agentId) : undefined,
      like
        ? or(ilike(tasks.title, like), ilike(tasks.description, like), ilike(tasks.location, like))
        : undefined,
    );
    const found = await ctx.db
      .select({ row: taskRow })
      .from(tasks)
      .innerJoin(users, eq(users.id, tasks.agentId))
      .where(where)
      .orderBy(desc(tasks.createdAt), desc(tasks.id))
      .limit(limit)
      .offset((page - 1) * limit);
    return {
      tasks: found.map(({ row }) => encodeTask(row, ctx.actor)),
      pagination: await paginate(ctx, tasks, where, { page, limit }),
    };
  },
});
