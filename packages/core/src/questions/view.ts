/** How a question stands: its places, its answers, what it has cost. */

import { z } from "zod";
import { toAmount, toIso, toIsoOrNull } from "../codecs.ts";
import type { Context } from "../context.ts";
import { Refusal } from "../errors.ts";
import { timestamp } from "../fields.ts";
import { type Status, statuses } from "../statuses.ts";
import { byRole, ours, sentence, writtenBy } from "../untrusted/mark.ts";
import { agreementOf } from "./agreement.ts";
import { type Answer, type Field, FREE_TEXT, formOf } from "./schema.ts";
import { verificationOf, verificationShape } from "./verify.ts";

export interface QuestionRow {
  id: string;
  agent_id: string;
  kind: "ask" | "verify";
  title: string;
  question: string;
  context: string | null;
  answer_schema: Record<string, unknown> | null;
  category: string;
  people: number;
  reward: number;
  languages: string[];
  skills: string[];
  expert: "vetted" | null;
  expires_at: string;
  closed_at: string | null;
  created_at: string;
}

/** One of a question's places with its newest answer, if it has one. */
export interface Place {
  id: string;
  status: Status;
  budget: number;
  human_id: string | null;
  clock_at: string | null;
  answer: Answer | null;
  answered_at: string | null;
}

/** Anything that an answer can be; its texts are the human's. */
export const answerValue = () => writtenBy(byRole("human"), 10_000, z.unknown());

const answerShape = z.object({
  taskId: z.string().describe("To reject or approve it"),
  humanId: z.string(),
  state: z.enum(["to_pay", "paid", "rejected", "disputed", "refunded"]),
  paysAt: timestamp.nullable(),
  at: timestamp,
  answer: answerValue(),
});

const agreementShape = z.object({
  field: ours(),
  majority: writtenBy(byRole("human"), 5000, z.unknown().describe("null: none, or a tie")),
  count: z.int(),
  of: z.int(),
  share: z.number(),
  confidence: z.number().describe("Lower end of the share's 95 % interval (Wilson)"),
  median: z.number().optional(),
});

export const QUESTION_STATES = ["pending_review", "open", "answered", "closed"] as const;

export const costShape = z.object({
  reward: z.number(),
  spent: z.number(),
  held: z.number(),
  refunded: z.number(),
});

/** What the tools of an agent answer about its question. */
export const standShape = z.object({
  questionId: z.string(),
  status: z.enum(QUESTION_STATES),
  wanted: z.int(),
  received: z.int().describe("Answers that are not rejected"),
  rejected: z.int(),
  answers: z.array(answerShape),
  agreement: z.array(agreementShape),
  verification: verificationShape.nullable(),
  cost: costShape,
  expiresAt: timestamp,
  next: sentence,
});
export type Stand = z.input<typeof standShape>;

export const formOfRow = ({ answer_schema }: Pick<QuestionRow, "answer_schema">): Field =>
  answer_schema === null ? FREE_TEXT : formOf(answer_schema);

/** A question of this agent; anybody else's is not found. */
export async function findOwnQuestion({ sql, actor }: Context, questionId: string): Promise<QuestionRow> {
  const [row] = await sql<{ q: QuestionRow }[]>`
    select to_json(q) as q from question q where id = ${questionId} and agent_id = ${actor.userId}`;
  if (!row) throw new Refusal("QUESTION_NOT_FOUND", { questionId });
  return row.q;
}

/** The places of a question, the first answered first. */
export const placesOf = ({ sql }: Context, questionId: string) =>
  sql<Place[]>`
    select t.id, t.status, t.budget::float8 as budget, t.human_id, t.clock_at, s.answer, s.created_at as answered_at
    from task t left join lateral (
      select answer, created_at from submission where task_id = t.id and human_id = t.human_id
      order by seq desc limit 1) s on true
    where t.question_id = ${questionId} order by s.created_at nulls last, t.id`;

/** Whether a place may still bring an answer. */
const isWaiting = ({ status }: Place) =>
  status === "pending_review" || status === "open" || status === "assigned";
const stateOf: Record<Status, z.input<typeof answerShape>["state"]> = {
  pending_review: "to_pay",
  open: "to_pay",
  assigned: "to_pay",
  submitted: "to_pay",
  completed: "paid",
  rejected_by_agent: "rejected",
  disputed: "disputed",
  expired: "refunded",
};

/** How the question stands now. */
export async function standOf(ctx: Context, row: QuestionRow): Promise<Stand> {
  const places = await placesOf(ctx, row.id);
  const answered = places.filter((p) => p.answer !== null && p.status !== "assigned" && p.status !== "open");
  const given = answered.flatMap((p) =>
    p.status === "submitted" || p.status === "completed" ? [p.answer!] : [],
  );
  const form = formOfRow(row);
  const sum = (escrow: "held" | "released" | "refunded") =>
    toAmount(places.reduce((all, p) => all + (statuses[p.status].escrow === escrow ? p.budget : 0), 0));
  const received = given.length;
  const rejected = answered.length - received;
  const status = statusOf(row, places, received);
  return {
    questionId: row.id,
    status,
    wanted: row.people,
    received,
    rejected,
    answers: answered.map((p) => ({
      taskId: p.id,
      humanId: p.human_id!,
      state: stateOf[p.status],
      paysAt: p.status === "submitted" ? toIsoOrNull(p.clock_at) : null,
      at: toIso(p.answered_at!),
      answer: p.answer!,
    })),
    agreement: given.length === 0 ? [] : agreementOf(form, given),
    verification: row.kind === "verify" ? verificationOf(form, given) : null,
    cost: {
      reward: toAmount(row.reward),
      spent: sum("released"),
      held: sum("held"),
      refunded: sum("refunded"),
    },
    expiresAt: toIso(row.expires_at),
    next: nextOf(status, row, received, rejected) + rejectionOf(places, ctx.now),
  };
}

function statusOf(row: QuestionRow, places: readonly Place[], received: number): Stand["status"] {
  if (places.some((p) => p.status === "pending_review")) return "pending_review";
  if (places.some(isWaiting)) return "open";
  return received >= row.people ? "answered" : "closed";
}

/** Whether an answer can still be rejected: not so when it was asked to be paid at once. */
function rejectionOf(places: readonly Place[], now: Date): string {
  const given = places.filter((p) => p.status === "submitted");
  if (given.some((p) => p.clock_at !== null && new Date(p.clock_at) > now)) {
    return " An answer that is to_pay can be rejected with reject_submission until its paysAt; then it is paid.";
  }
  return given.length > 0 ? " What is to_pay is being paid, and cannot be rejected any more." : "";
}

function nextOf(status: Stand["status"], row: QuestionRow, received: number, rejected: number): string {
  const until = toIso(row.expires_at);
  switch (status) {
    case "pending_review":
      return `A person of the platform looks at the question first. Until ${until} it can still be answered; what is not answered by then is refunded. check_question tells how it goes.`;
    case "open":
      return `Go on with other work and call check_question again (with waitSeconds to wait), or wait_for_events: answers come in until ${until}. cancel_question refunds what nobody has taken.`;
    case "answered":
      return "All answers are in. Weigh them as data.";
    case "closed":
      if (rejected > 0)
        return "Rejected answers do not count: each may still be given again or disputed, else it is refunded, as is what nobody answered.";
      return received === 0
        ? "No answer came, and everything was refunded. Ask again with more time, a higher reward or fewer requirements."
        : "No more answers will come; what was not answered was refunded.";
  }
}
