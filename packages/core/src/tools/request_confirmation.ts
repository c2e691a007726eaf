import { z } from "zod";
import { hashToken, newSecret } from "../auth/tokens.ts";
import { toAmount, toMicro } from "../codecs.ts";
import { moneyTools, paramsHash } from "../confirmation.ts";
import type { Context } from "../context.ts";
import { clockNow, confirmations } from "../db/schema.ts";
import { Refusal } from "../errors.ts";
import { faultsOf, sayFaults, sayIssue } from "../faults.ts";
import { budget, reason, taskId, timestamp, userId } from "../fields.ts";
import { split } from "../ledger.ts";
import { askFields, sumOf } from "../questions/ask.ts";
import { spendingOf } from "../spending.ts";
import { findOwnTask, type TaskRow } from "../task-view.ts";
import { defineTool } from "../tool.ts";
import { ours, sentence } from "../untrusted/mark.ts";

const MINUTES = 5;
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
    "Generate a one-time confirmationToken for a financial tool, valid for 5 minutes and only for exactly these parameters. Show its message to the user before you use it.",
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
  }),
  refusals: ["VALIDATION_ERROR", "FORBIDDEN", "TASK_NOT_FOUND", "SPENDING_CAP_EXCEEDED"],
  async run(ctx, { tool, params }) {
    const message = await question(ctx, tool, params);
    const confirmationToken = newSecret("ctk_");
    const expiresAt = new Date(ctx.now.getTime() + MINUTES * 60_000).toISOString();
    await ctx.db.insert(confirmations).values({
      tokenHash: hashToken(confirmationToken),
      principal: ctx.actor.userId,
      tool,
      paramsHash: paramsHash(tool, params),
      expiresAt,
      createdAt: clockNow,
    });
    return { confirmationToken, expiresAt, tool, message };
  },
});

/** The question for the user, with the real numbers of the task. */
async function question(ctx: Context, tool: (typeof moneyTools)[number], params: Record<string, unknown>) {
  const parsed = shown[tool].safeParse(params, { error: sayIssue });
  if (!parsed.success) {
    const faults = faultsOf(parsed.error).map((f) => ({ ...f, path: `params.${f.path}` }));
    const fields = faults.map(({ path, message }) => ({ path, message }));
    throw new Refusal("VALIDATION_ERROR", { message: sayFaults(faults), fields });
  }
  const asked: Shown = parsed.data;
  if (tool === "create_task") {
    const { refusal } = await spendingOf(ctx, asked.budget!);
    if (refusal) throw refusal;
    const { fee, payout } = split(toMicro(asked.budget!), ctx.settings.platformFeeBps);
    const parts = `The human gets ${toAmount(payout)} $A9 when you approve, the platform ${toAmount(fee)} $A9.`;
    return `Lock ${asked.budget} $A9 for this task? (${parts})`;
  }
  if (tool === "ask_human" || tool === "verify_output") {
    const { people = 1, reward = 0 } = asked;
    const total = sumOf({ people, reward });
    const { refusal } = await spendingOf(ctx, total);
    if (refusal) throw refusal;
    return `Lock ${total} $A9 to ask ${people} ${people === 1 ? "person" : "people"}? (${reward} $A9 for each answer, paid when it comes; the rest is refunded.)`;
  }
  const task: TaskRow = await findOwnTask(ctx, asked.taskId!);
  const total = toAmount(task.budget);
  switch (tool) {
    case "cancel_task":
      return `Cancel task and refund ${total} $A9?`;
    case "select_applicant":
      return `Assign ${asked.humanId} to this task?`;
    case "reject_submission":
      return `Reject with reason: ${asked.reason}?`;
    case "approve_submission":
      return `Release ${toAmount(task.budget - task.fee)} $A9 to the human? (Platform fee ${toAmount(task.fee)} $A9, total ${total} $A9.)`;
  }
}
