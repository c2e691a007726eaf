import { and, asc, eq, sql } from "drizzle-orm";
import { z } from "zod";
import { tasks, users } from "../db/schema.ts";
import { pagination, paging, text } from "../fields.ts";
import { statusesFor } from "../lifecycle.ts";
import { paginate } from "../pages.ts";
import { oncePerQuestion } from "../questions/places.ts";
import { encodeTask, taskRow, taskShape } from "../task-view.ts";
import { defineTool } from "../tool.ts";
import { ours } from "../untrusted/mark.ts";

// The gate's reason is its category, and in brackets the score and what it saw: those differ from task to task.
const MOST_REASONS = 50;

export const list_reviews = defineTool({
  title: "List listings to review",
  summary:
    "Tasks that wait for review_task, the longest waiting first, and why: the risk gate's category or the budget.",
  who: ["admin"],
  permission: "tasks:read",
  effect: "read",
  rest: { method: "GET", path: "/admin/reviews" },
  input: z.strictObject({
    reason: text(200).optional().describe("Only those that wait for this reason"),
    ...paging,
  }),
  output: z.object({
    tasks: z.array(taskShape),
    reasons: z
      .array(z.object({ reason: ours(), count: z.int() }))
      .describe("Every reason that something waits for, the most frequent first"),
    pagination,
  }),
  refusals: ["VALIDATION_ERROR"],
  async run(ctx, { reason, limit, page }) {
    const [status] = statusesFor("approve_listing");
    const waiting = and(eq(tasks.status, status!), oncePerQuestion(status!));
    const where = and(waiting, reason ? sql`split_part(review_reason, ' (', 1) = ${reason}` : undefined);
    const [found, reasons] = await Promise.all([
      ctx.db
        .select({ row: taskRow })
        .from(tasks)
        .innerJoin(users, eq(users.id, tasks.agentId))
        .where(where)
        .orderBy(asc(tasks.createdAt), asc(tasks.id))
        .limit(limit)
        .offset((page - 1) * limit),
      ctx.sql<{ reason: string; count: number }[]>`
        select split_part(review_reason, ' (', 1) as reason, count(*)::int as count from task
        where status = ${status!} and review_reason is not null and (question_id is null or id = (
          select min(id) from task o where o.question_id = task.question_id and o.status = ${status!}))
        group by 1 order by 2 desc, 1 limit ${MOST_REASONS}`,
    ]);
    return {
      tasks: found.map(({ row }) => encodeTask(row, ctx.actor)),
      reasons: [...reasons],
      pagination: await paginate(ctx, tasks, where, { page, limit }),
    };
  },
});
