/** The only writer of task_event: each function is one call of its namesake in db/sql/functions.sql. */

import { audited } from "./audit/entry.ts";
import { toMicro } from "./codecs.ts";
import type { Context } from "./context.ts";
import type { Action } from "./lifecycle.ts";
import type { TaskRow } from "./task-view.ts";

/** A money tool's statement writes its audit entry too; a replay is no second act. The others' is written by call. */
const withAudit = ({ sql, guard, trail }: Context) =>
  guard
    ? sql`, case when not task ? 'replayed' then
        ${audited(sql, { ...trail, digest: guard.hash }, "ok", sql`task->>'id'`)} end`
    : sql``;

const transferIds = (ctx: Context) => [ctx.id("tx"), ctx.id("tx")];

/** From which budget on, in $A9, this caller must confirm: the platform's threshold or its key's, the stricter one. */
export function confirmAbove({ actor, settings }: Context): number | null {
  const given = [settings.confirmAbove, actor.limits?.confirmAbove].filter((a) => a != null);
  return given.length > 0 ? Math.min(...given) : null;
}

/**
 * Takes one action of the lifecycle on a task as the actor, with its money and its event, in one statement.
 * Refuses with TASK_NOT_FOUND, FORBIDDEN, INVALID_STATUS, DEADLINE_PASSED and what the action itself can meet.
 */
export async function advance(
  ctx: Context,
  action: Action,
  taskId: string,
  data: Record<string, string> = {},
): Promise<TaskRow> {
  const g = ctx.guard;
  const above = g && ctx.actor.role === "agent" ? confirmAbove(ctx) : null;
  const [row] = await ctx.sql<{ task: TaskRow }[]>`
    with done as materialized (select advance(${taskId}, ${action}, ${ctx.actor.role}, ${ctx.actor.userId}, ${JSON.stringify(data)}::text::jsonb,
      ${transferIds(ctx)}, ${g?.tool ?? null}, ${g?.key ?? null}, ${g?.hash ?? null}, ${g?.confirmation ?? null},
      ${g?.paramsHash ?? null}, ${above === null ? null : toMicro(above).toString()}) as task)
    select task ${withAudit(ctx)} from done`;
  return row!.task;
}

/** The task that this request already posted: a check that fails by now must not hide the reply of then. */
export async function postedBefore<Posted = TaskRow>(ctx: Context): Promise<Posted | null> {
  const { sql, actor, guard } = ctx;
  if (!guard?.key) return null;
  const [row] = await sql<{ reply: Posted }[]>`
    select reply, pg_logical_emit_message(true, 'h2a.replay', '') from idempotency
    where principal = ${actor.userId} and key = ${guard.key} and request_hash = ${guard.hash}
      and created_at > clock_now() - interval '24 hours'`;
  return row?.reply ?? null;
}

export type NewTask = Omit<
  TaskRow,
  | "agent_name"
  | "escrow_id"
  | "applicant_count"
  | "status"
  | "seq"
  | "human_id"
  | "clock_at"
  | "closed_reason"
  | "completed_at"
  | "created_at"
  | "updated_at"
> & { review_term: string; dispute_term: string };

/** Posts a task: its row, its first event and the lock of its budget, in one statement. */
export async function openTask(
  ctx: Context,
  task: NewTask,
  action: "create" | "create_for_review",
  to: string,
): Promise<TaskRow> {
  const g = ctx.guard;
  const above = confirmAbove(ctx);
  const [row] = await ctx.sql<{ task: TaskRow }[]>`
    with done as materialized (select open_task(${JSON.stringify(task)}::text::jsonb, ${ctx.actor.name}, ${action}, ${to}, ${transferIds(ctx)},
      ${g?.key ?? null}, ${g?.hash ?? null}, ${g?.confirmation ?? null}, ${g?.paramsHash ?? null},
      ${above !== null && task.budget >= toMicro(above)}, ${ctx.actor.limits?.capped ?? false}) as task)
    select task ${withAudit(ctx)} from done`;
  return row!.task;
}
