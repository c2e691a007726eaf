import { sql } from "drizzle-orm";
import type { Context } from "./context.ts";
import { Refusal } from "./errors.ts";
import type { Status } from "./statuses.ts";
import { findTask, type TaskRow } from "./task-view.ts";

/**
 * Locks a task that the actor can see, for a change beside its lifecycle (an application), in one of these
 * statuses and before its time is up. Locks first and reads afterwards: what is read is what holds.
 */
export async function lockTask(ctx: Context, taskId: string, allowed: readonly Status[]): Promise<TaskRow> {
  await ctx.db.execute(sql`select 1 from task where id = ${taskId} for no key update`);
  const task = await findTask(ctx, taskId);
  if (!allowed.includes(task.status)) throw new Refusal("INVALID_STATUS", { status: task.status, allowed });
  const [time] = await ctx.sql`select ${task.clock_at}::timestamptz <= clock_now() as over`;
  if (time?.over) throw new Refusal("DEADLINE_PASSED", { at: task.clock_at, status: task.status });
  return task;
}
