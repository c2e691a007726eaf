import { z } from "zod";
import { confirmAbove } from "../advance.ts";
import { mayMail } from "../auth/limits.ts";
import { hashToken } from "../auth/tokens.ts";
import { toAmount, toMicro } from "../codecs.ts";
import { MOST_UNANSWERED, moneyTools, paramsHash } from "../confirmation.ts";
import { approvalUrl, confirmationTokenOf } from "../confirmation-view.ts";
import type { Context } from "../context.ts";
import { clockNow, confirmations } from "../db/schema.ts";
import { Refusal } from "../errors.ts";
import { faultsOf, sayFaults, sayIssue } from "../faults.ts";
import { budget, reason, storableDeep, taskId, timestamp, userId } from "../fields.ts";
import { split } from "../ledger.ts";
import { queueMail } from "../mail.ts";
import { askFields, sumOf } from "../questions/ask.ts";
import { spendingOf } from "../spending.ts";
import { findOwnTask, type TaskRow } from "../task-view.ts";
import { defineTool } from "../tool.ts";
import { ours, sentence } from "../untrusted/mark.ts";

const MINUTES = 5;
/** Somebody has to be found, and to read. */
const MINUTES_FOR_A_PERSON = 30;
type Tool = (typeof moneyTools)[number];
const isObject = (value: unknown) => typeof value === "object" && value !== null && !Array.isArray(value);
const plain = z.union([z.string(), z.number(), z.boolean(), z.null()]);

const people = z.object({ people: askFields.people, reward: askFields.reward });

/** What the question shows of each tool's parameters; the tool itself checks the rest. */
const shown = {
  create_task: z.object({ budget }),
  cancel_task: z.object({ taskId }),
  select_applicant: z.object({ taskId, humanId: userId }),
  approve_submission: z.object({ taskId }),
  reject_submission: z.object({ taskId, reason }),
  ask_human: people,
  verify_output: people,
};
type Shown = {
  budget?: number;
  taskId?: string;
  humanId?: string;
  reason?: string;
  people?: number;
  reward?: number;
};

export const request_confirmation = defineTool({
  title: "Request a confirmation",
  summary:
    "Generate a one-time confirmationToken for a financial tool, valid for 5 minutes and only for exactly these parameters. Show its message to the user before you use it. If status is pending, a person must first say yes at approvalUrl, within 30 minutes.",
  who: ["agent"],
  permission: "tasks:write",
  effect: "write",
  contract: true,
  secretOutput: true,
  input: z.strictObject({
    tool: z.enum(moneyTools).describe("The financial tool to confirm"),
    params: z
      .record(z.string().max(100), z.union([plain, z.array(plain).max(100), z.looseObject({})]))
      .superRefine((params, check) => {
        const deep = Object.keys(params).filter((key) => key !== "answerSchema" && isObject(params[key]));
        if (!storableDeep(params)) {
          const message = "must not contain NUL or broken characters, or nest deeper than 20 levels";
          check.addIssue({ code: "custom", message, input: params });
        }
        for (const key of deep) {
          const message = "must be text, a number, true, false, null, or a list of these";
          check.addIssue({ code: "custom", path: [key], message, input: params });
        }
      })
      .describe("The exact parameters you intend to pass to the tool"),
  }),
  output: z.object({
    confirmationToken: ours(),
    expiresAt: timestamp,
    tool: z.enum(moneyTools),
    message: sentence,
    status: z.literal("pending").optional().describe("The token works once a person has said yes"),
    approvalUrl: ours(z.string().describe("Where your user says yes or no, signed in")).optional(),
    confirmationId: z.string().optional().describe("For get_confirmation"),
  }),
  refusals: [
    "VALIDATION_ERROR",
    "FORBIDDEN",
    "TASK_NOT_FOUND",
    "SPENDING_CAP_EXCEEDED",
    "TOO_MANY_UNANSWERED",
  ],
  async run(ctx, { tool, params }) {
    const asked = await question(ctx, tool, params);
    const above = confirmAbove(ctx);
    const demanded = above !== null && asked.amount >= toMicro(above);
    // In the browser the person asks: the dialog with these numbers was the question, its button the answer.
    const status = !demanded ? "ready" : ctx.actor.via === "session" ? "approved" : "pending";
    const pending = status === "pending";
    const id = ctx.id("conf");
    if (pending) await tellOwner(ctx, id, asked);
    const confirmationToken = confirmationTokenOf(ctx.secret, id);
    const minutes = pending ? MINUTES_FOR_A_PERSON : MINUTES;
    const expiresAt = new Date(ctx.now.getTime() + minutes * 60_000).toISOString();
    const { confirmationToken: _, idempotencyKey: __, ...bound } = params;
    await ctx.db.insert(confirmations).values({
      tokenHash: hashToken(confirmationToken),
      id,
      principal: ctx.actor.userId,
      keyId: ctx.actor.keyId,
      tool,
      params: bound,
      paramsHash: paramsHash(tool, params),
      message: asked.message,
      taskId: asked.taskId,
      amount: asked.amount,
      fee: asked.fee,
      status,
      ...(status === "approved" ? { decidedAt: clockNow, decidedVia: "browser" as const } : {}),
      expiresAt,
      createdAt: clockNow,
    });
    const reply = { confirmationToken, expiresAt, tool, message: asked.message };
    if (!pending) return reply;
    return { ...reply, status: "pending" as const, approvalUrl: approvalUrl(ctx, id), confirmationId: id };
  },
});

interface Asked {
  message: string;
  /** The budget, and the platform's part of it. */
  amount: bigint;
  fee: bigint;
  taskId: string | null;
}

/** The question for the user, with the real numbers of the task. */
async function question(ctx: Context, tool: Tool, params: Record<string, unknown>): Promise<Asked> {
  const parsed = shown[tool].safeParse(params, { error: sayIssue });
  if (!parsed.success) {
    const faults = faultsOf(parsed.error).map((f) => ({ ...f, path: `params.${f.path}` }));
    const fields = faults.map(({ path, message }) => ({ path, message }));
    throw new Refusal("VALIDATION_ERROR", { message: sayFaults(faults), fields });
  }
  const given: Shown = parsed.data;
  if (tool === "create_task") {
    const { refusal } = await spendingOf(ctx, given.budget!);
    if (refusal) throw refusal;
    const amount = toMicro(given.budget!);
    const { fee, payout } = split(amount, ctx.settings.platformFeeBps);
    const parts = `The human gets ${toAmount(payout)} $A9 when you approve, the platform ${toAmount(fee)} $A9.`;
    return { message: `Lock ${given.budget} $A9 for this task? (${parts})`, amount, fee, taskId: null };
  }
  if (tool === "ask_human" || tool === "verify_output") {
    const { people = 1, reward = 0 } = given;
    const total = sumOf({ people, reward });
    const { refusal } = await spendingOf(ctx, total);
    if (refusal) throw refusal;
    const message = `Lock ${total} $A9 to ask ${people} ${people === 1 ? "person" : "people"}? (${reward} $A9 for each answer, paid when it comes; the rest is refunded.)`;
    const { fee } = split(toMicro(reward), ctx.settings.platformFeeBps);
    return { message, amount: toMicro(total), fee: fee * BigInt(people), taskId: null };
  }
  const task: TaskRow = await findOwnTask(ctx, given.taskId!);
  const [amount, fee] = [BigInt(task.budget), BigInt(task.fee)];
  return { message: say[tool](task, given), amount, fee, taskId: task.id };
}

const say: Record<
  Exclude<Tool, "create_task" | "ask_human" | "verify_output">,
  (task: TaskRow, given: Shown) => string
> = {
  cancel_task: ({ budget }) => `Cancel task and refund ${toAmount(budget)} $A9?`,
  select_applicant: (_, { humanId }) => `Assign ${humanId} to this task?`,
  reject_submission: (_, { reason }) => `Reject with reason: ${reason}?`,
  approve_submission: ({ budget, fee }) =>
    `Release ${toAmount(budget - fee)} $A9 to the human? (Platform fee ${toAmount(fee)} $A9, total ${toAmount(budget)} $A9.)`,
};

/** Mails the owner, unless something waits for them already: an agent that asks in a loop sends one mail, not many. */
async function tellOwner(ctx: Context, id: string, { amount }: Asked): Promise<void> {
  const { sql, actor, settings } = ctx;
  // Of two at once the second counts the first.
  await sql`select 1 from app_user where id = ${actor.userId} for no key update`;
  const [row] = await sql<{ waiting: number; email: string }[]>`
    select email, (select count(*)::int from confirmation c
      where c.principal = u.id and c.status = 'pending' and c.expires_at > clock_now()) as waiting
    from app_user u where id = ${actor.userId}`;
  const { waiting, email } = row!;
  if (waiting >= MOST_UNANSWERED) throw new Refusal("TOO_MANY_UNANSWERED", { max: MOST_UNANSWERED });
  if (waiting > 0 || !(await mayMail(ctx))) return;
  await queueMail(sql, {
    to: email,
    subject: `Your agent asks for your yes: ${toAmount(amount)} $A9`,
    text: `Your agent wants to do something about a task of ${toAmount(amount)} $A9, and your settings say that a person decides. See what it is, and say yes or no, within ${MINUTES_FOR_A_PERSON} minutes:

${approvalUrl(ctx, id)}

Nothing is done without your yes. What else waits for you by then is on ${settings.publicUrl}/agent
`,
    goodFor: MINUTES_FOR_A_PERSON,
  });
}
