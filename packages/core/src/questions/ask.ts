/** Posting a question: one task for each answer wanted, in one statement; all of them or none. */

import { z } from "zod";
import { confirmAbove, postedBefore } from "../advance.ts";
import { audited } from "../audit/entry.ts";
import { toAmount, toMicro } from "../codecs.ts";
import type { Context, RiskVerdict } from "../context.ts";
import { Refusal } from "../errors.ts";
import { category, confirmationToken, idempotencyKey, text, userId } from "../fields.ts";
import { split } from "../ledger.ts";
import { lifecycle } from "../lifecycle.ts";
import { firstAction, refuseRisk, refuseUnconfirmed, reviewReason } from "../posting.ts";
import type { CATEGORIES } from "../vocabulary.ts";
import { schemaOf } from "./rebuilt.ts";
import { formOf, SchemaFault } from "./schema.ts";

/** How long a place is held for a human who took it. */
export const CLAIM_MINUTES = 15;
const HOUR = 3_600_000;
export const REWARD = { min: 0.01, max: 1000, usual: 1 } as const;

/** What every tool that asks people takes. */
export const askFields = {
  people: z.int().min(1).max(50).default(1).describe("Answers wanted, each of another person"),
  reward: z
    .number()
    .min(REWARD.min)
    .max(REWARD.max)
    .refine((n) => n > REWARD.max || toAmount(toMicro(n)) === n, "must have at most 6 decimals")
    .default(REWARD.usual)
    .describe("$A9token per answer"),
  timeLimitMinutes: z.int().min(5).max(10_080).default(60).describe("Then the unanswered is refunded"),
  languages: z.array(text(60)).max(10).default([]).describe("Languages needed"),
  skills: z.array(text(60)).max(10).default([]).describe("Skills needed"),
  expert: z.enum(["vetted"]).optional().describe("With a record of reviewed work"),
  fileIds: z.array(userId).max(10).default([]).describe("Uploaded files to show"),
  payAfterHours: z
    .int()
    .min(0)
    .max(72)
    .default(1)
    .describe("Your time to reject an answer; then it is paid; 0: at once"),
  waitSeconds: z.int().min(0).max(50).default(25).describe("Wait so long for answers"),
  confirmationToken,
  idempotencyKey,
};

export const answerSchema = z
  .record(z.string().max(100), z.unknown())
  .superRefine((schema, check) => {
    try {
      formOf(schema);
    } catch (error) {
      if (!(error instanceof SchemaFault)) throw error;
      const path = error.path.split(".").slice(1);
      check.addIssue({ code: "custom", path, message: error.message, input: schema });
    }
  })
  .describe(
    "JSON Schema of an answer, shown as a form: string (enum, maxLength, format), number, integer, boolean, array of string, object of these",
  );

export interface NewQuestion {
  kind: "ask" | "verify";
  title: string;
  question: string;
  context: string | null;
  answerSchema: Record<string, unknown> | null;
  /** All of it that the agent wrote, for the risk gate. */
  words: readonly string[];
  category: (typeof CATEGORIES)[number];
}
export const questionCategory = category.default("other");
type Terms = Omit<
  z.output<z.ZodObject<typeof askFields>>,
  "waitSeconds" | "confirmationToken" | "idempotencyKey"
>;

/** The sum of all rewards, in $A9. */
export const sumOf = ({ reward, people }: Pick<Terms, "reward" | "people">): number =>
  toAmount(toMicro(reward) * BigInt(people));

/** Posts it and answers its id; the refusals are those of create_task, for the sum of all rewards. */
export async function openQuestion(ctx: Context, asked: NewQuestion, terms: Terms): Promise<string> {
  const risk = await vet(ctx, asked, terms);
  if (risk instanceof Refusal) {
    const posted = await postedBefore<{ id: string }>(ctx);
    if (posted) return posted.id;
    throw risk;
  }
  const total = sumOf(terms);
  const action = firstAction(ctx, total, risk);
  const reason = reviewReason(ctx, total, risk);
  const id = ctx.id("question");
  const rows = rowsOf(ctx, id, asked, terms, reason);
  const ids = (prefix: string) => Array.from({ length: terms.people }, () => ctx.id(prefix));
  const g = ctx.guard!;
  const above = confirmAbove(ctx);
  const [row] = await ctx.sql<{ reply: { id: string } }[]>`
    with done as materialized (select open_question(${JSON.stringify(rows.question)}::text::json,
      ${JSON.stringify(rows.task)}::text::jsonb, ${ids("task")}, ${ids("tx")}, ${action}, ${lifecycle[action].to},
      ${terms.fileIds}, ${g.tool}, ${g.key}, ${g.hash}, ${g.confirmation}, ${g.paramsHash},
      ${above !== null && toMicro(total) >= toMicro(above)},
      ${ctx.actor.limits?.capped ?? false}) as reply)
    select reply, case when not reply ? 'replayed' then
      ${audited(ctx.sql, { ...ctx.trail, digest: g.hash }, "ok", ctx.sql`reply->>'id'`)} end from done`;
  ctx.feed.tell(); // those who look for work need not wait until this call has waited
  return row!.reply.id;
}

/** The duty to confirm the sum, and the risk gate over all that people will read. */
async function vet(ctx: Context, asked: NewQuestion, terms: Terms): Promise<RiskVerdict | Refusal> {
  const early = await refuseUnconfirmed(ctx, sumOf(terms));
  if (early) return early;
  const risk = await ctx.riskGate({
    title: "",
    description: asked.words.join("\n"),
    requirements: [],
    skillsRequired: [...terms.languages, ...terms.skills],
    isQuestion: true,
  });
  return refuseRisk(risk, "question") ?? risk;
}

/** The question's row, and the row that all its tasks have in common. */
function rowsOf(ctx: Context, id: string, asked: NewQuestion, terms: Terms, reason: string | null) {
  const { actor, now, settings } = ctx;
  const micro = toMicro(terms.reward);
  const expires = new Date(now.getTime() + terms.timeLimitMinutes * 60_000).toISOString();
  const question = {
    id,
    agent_id: actor.userId,
    kind: asked.kind,
    title: asked.title,
    question: asked.question,
    context: asked.context,
    answer_schema: asked.answerSchema && schemaOf(formOf(asked.answerSchema)),
    category: asked.category,
    people: terms.people,
    reward: Number(micro),
    languages: terms.languages,
    skills: terms.skills,
    expert: terms.expert ?? null,
    claim_term: `${CLAIM_MINUTES} minutes`,
    expires_at: expires,
  };
  const task = {
    agent_id: actor.userId,
    key_id: actor.keyId,
    question_id: id,
    title: asked.title,
    description: [asked.question, asked.context].filter(Boolean).join("\n\n"),
    category: asked.category,
    urgency: terms.timeLimitMinutes * 60_000 <= 2 * HOUR ? "high" : "medium",
    location: null,
    remote: true,
    requirements: terms.languages.map((language) => `Language: ${language}`),
    skills: terms.skills,
    auto_approve: true,
    budget: Number(micro),
    fee: Number(split(micro, settings.platformFeeBps).fee),
    review_term: `${terms.payAfterHours} hours`,
    dispute_term: `${settings.disputeDays * 24} hours`,
    deadline: expires,
    max_applications: 0,
    review_reason: reason,
  };
  return { question, task };
}
