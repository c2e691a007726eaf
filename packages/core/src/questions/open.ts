/** A question as those see it who may answer it. */

import { asc, eq } from "drizzle-orm";
import { toMicro } from "../codecs.ts";
import type { Context } from "../context.ts";
import { files } from "../db/schema.ts";
import { type ErrorCode, Refusal } from "../errors.ts";
import type { Answer } from "./schema.ts";
import type { QuestionRow } from "./view.ts";

/** Places that one human may hold at once, and how often they may take one of the same question. */
export const MOST_PLACES = 3;

/** What who takes a place, or answers in one, may be refused for. */
export const placeRefusals = [
  "QUESTION_NOT_FOUND",
  "QUESTION_CLOSED",
  "QUESTION_FULL",
  "ALREADY_ANSWERED",
  "TOO_MANY_PLACES",
  "NOT_ELIGIBLE",
] as const satisfies readonly ErrorCode[];
const MOST_TRIES = 3;

/**
 * Whom "vetted" means, in the one place where it is said: by the ledger, never by what somebody says of themselves.
 * `budget` in $A9 and `agentDays`, the age of the agent's account, are what makes a record cost time and money.
 */
export const VETTED = { paid: 5, agents: 2, approval: 0.8, budget: 5, agentDays: 7 } as const;

export const vettedMeans = `paid for at least ${VETTED.paid} reviewed tasks of this category, each of ${VETTED.budget} $A9 or more, by ${VETTED.agents} or more agents with a verified e-mail address and an account older than ${VETTED.agentDays} days, with at least ${VETTED.approval * 100} % approved, and who verified their own e-mail address`;

/** Whether a human's record makes them vetted; for the category "other", in any category. */
export async function isVetted({ sql }: Context, humanId: string, category: string): Promise<boolean> {
  const [r] = await sql<{ paid: number; agents: number; refused: number }[]>`
    select * from track_record(${humanId}, ${category === "other" ? null : category},
      ${Number(toMicro(VETTED.budget))}, ${`${VETTED.agentDays} days`})`;
  if (!r) return false;
  return (
    r.paid >= VETTED.paid && r.agents >= VETTED.agents && r.paid / (r.paid + r.refused) >= VETTED.approval
  );
}

type FileRow = typeof files.$inferSelect;

export interface MyPlace {
  task_id: string;
  status: string;
  clock_at: string | null;
  updated_at: string;
  over: boolean;
  answer: Answer | null;
}
export interface Offer extends QuestionRow {
  agent_name: string;
  fee: number;
  review_hours: number;
  free: number;
  /** A place that everybody sees. */
  first: string | null;
  over: boolean;
  mine: MyPlace | null;
  files: FileRow[];
}

/**
 * A question that the actor can see: one that takes answers, for everyone; beyond that to who holds or held a place, and to
 * admins. Of a suspended agent nothing is offered.
 */
export async function findOffer({ sql, db, actor }: Context, questionId: string): Promise<Offer> {
  const [found] = await sql<{ about: Partial<Offer>; q: QuestionRow }[]>`
    select json_build_object('agent_name', u.display_name, 'fee', p.fee, 'review_hours', p.review_hours,
      'free', p.free, 'first', p.first, 'over', q.closed_at is not null or q.expires_at <= clock_now(), 'mine', m.mine) as about, to_json(q) as q
    from question q join app_user u on u.id = q.agent_id
    cross join lateral (
      select max(fee) as fee, max(extract(epoch from review_term) / 3600) as review_hours,
        count(*) filter (where status = 'open' or claim_ends(task) and clock_at <= clock_now()) as free,
        min(id) filter (where status = 'open') as first
      from task where question_id = q.id) p
    left join lateral (
      select json_build_object('task_id', t.id, 'status', t.status, 'clock_at', t.clock_at, 'updated_at', t.updated_at,
        'over', t.clock_at <= clock_now(), 'answer', (select s.answer from submission s
          where s.task_id = t.id and s.human_id = t.human_id order by s.seq desc limit 1)) as mine
      from task t where t.question_id = q.id and t.human_id = ${actor.userId}) m on true
    where q.id = ${questionId} and (${actor.role === "admin"} or sees_question(q, ${actor.userId}))`;
  if (!found) throw new Refusal("QUESTION_NOT_FOUND", { questionId });
  const shown = await db.select().from(files).where(eq(files.questionId, questionId)).orderBy(asc(files.id));
  return { ...found.q, ...found.about, files: shown } as Offer;
}

/** Why this human may not take a place; null when they may. Languages and skills are for themselves to say. */
export async function whyNot(ctx: Context, offer: Offer): Promise<string | null> {
  if (offer.expert === "vetted" && !(await isVetted(ctx, ctx.actor.userId, offer.category))) {
    return `it is for people who were ${vettedMeans}`;
  }
  return null;
}

/** Takes a place of a question for the acting human, or finds the one that they hold. */
export async function takePlace(ctx: Context, offer: Offer, confirms: boolean): Promise<string> {
  const why = offer.mine === null ? await whyNot(ctx, offer) : null;
  const needs = [...offer.languages, ...offer.skills];
  if (why) throw new Refusal("NOT_ELIGIBLE", { why });
  if (offer.mine === null && needs.length > 0 && !confirms) {
    throw new Refusal("NOT_ELIGIBLE", {
      why: `say with \`confirms\` that you have what it asks for: ${needs.join(", ")}`,
    });
  }
  const [row] = await ctx.sql<{ task: { id: string } }[]>`
    select take_place(${offer.id}, ${ctx.actor.userId}, ${MOST_PLACES}, ${MOST_TRIES}, ${[ctx.id("tx")]}) as task`;
  return row!.task.id;
}
