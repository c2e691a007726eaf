/** The places of a question where it counts as one listing. */

import { eq, isNull, or, type SQL, sql } from "drizzle-orm";
import type { Context } from "../context.ts";
import { tasks } from "../db/schema.ts";
import type { Status } from "../statuses.ts";

/** Of a question's places in a status only the first: a list shows the question once. */
export const oncePerQuestion = (status: Status): SQL | undefined =>
  or(
    isNull(tasks.questionId),
    sql`not exists (select from task o where o.question_id = task.question_id and o.status = ${status} and o.id < task.id)`,
  );

/** The same for a list of any status, in which an agent sees all places of its own questions. */
export const oncePerOpenQuestion = (viewerId: string): SQL | undefined =>
  or(eq(tasks.agentId, viewerId), sql`task.status <> 'open'`, oncePerQuestion("open"));

/** The tasks that are decided together with this one, locked: all waiting places of its question, else itself. */
export async function decidedTogether({ sql: run }: Context, taskId: string): Promise<string[]> {
  const places = await run<{ id: string }[]>`
    select id from task where status = 'pending_review'
      and question_id = (select question_id from task where id = ${taskId}) order by id for no key update`;
  return places.some(({ id }) => id === taskId) ? places.map(({ id }) => id) : [taskId];
}
