/** An agent's questions, without their answers. */

import { z } from "zod";
import { toAmount, toIso } from "../codecs.ts";
import type { Context } from "../context.ts";
import { pagination, timestamp } from "../fields.ts";
import { COUNT_CAP, pageOf } from "../pages.ts";
import { ours } from "../untrusted/mark.ts";
import { QUESTION_STATES, type QuestionRow } from "./view.ts";

export const listedShape = z.object({
  questionId: z.string(),
  title: ours(z.string().describe("Its first words")),
  status: z.enum(QUESTION_STATES),
  wanted: z.int(),
  received: z.int(),
  reward: z.number().describe("$A9 per answer"),
  expiresAt: timestamp,
  createdAt: timestamp,
});
export const listShape = z.object({ questions: z.array(listedShape), pagination });

type Row = Pick<QuestionRow, "id" | "title" | "people" | "reward" | "expires_at" | "created_at"> & {
  status: (typeof QUESTION_STATES)[number];
  received: number;
};

export interface Page {
  status?: (typeof QUESTION_STATES)[number] | undefined;
  limit: number;
  page: number;
}

/** The actor's own, the newest first. Their status is what standOf says of each. */
export async function listOwnQuestions(ctx: Context, { status, limit, page }: Page) {
  const { sql, actor } = ctx;
  const found = sql`
    select * from (
      select q.id, q.title, q.people, q.reward, q.expires_at, q.created_at, p.received,
        case when p.reviewed then 'pending_review' when p.waiting then 'open'
          when p.received >= q.people then 'answered' else 'closed' end as status
      from question q cross join lateral (
        select bool_or(status = 'pending_review') as reviewed, bool_or(status in ('open', 'assigned')) as waiting,
          (count(*) filter (where status in ('submitted', 'completed')))::int as received
        from task where question_id = q.id) p
      where q.agent_id = ${actor.userId}) own
    where ${status ? sql`status = ${status}` : sql`true`}`;
  const rows = await sql<Row[]>`${found}
    order by created_at desc, id desc limit ${limit} offset ${(page - 1) * limit}`;
  const [count] = await sql<{ n: number }[]>`
    select count(*)::int as n from (${found} limit ${COUNT_CAP}) capped`;
  return {
    questions: rows.map((row) => ({
      questionId: row.id,
      title: row.title,
      status: row.status,
      wanted: row.people,
      received: row.received,
      reward: toAmount(BigInt(row.reward)),
      expiresAt: toIso(row.expires_at),
      createdAt: toIso(row.created_at),
    })),
    pagination: pageOf(count?.n ?? 0, { page, limit }),
  };
}
