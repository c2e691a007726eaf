import { z } from "zod";
import { openTask, postedBefore } from "../advance.ts";
import { toMicro } from "../codecs.ts";
import type { Context, RiskVerdict } from "../context.ts";
import { Refusal } from "../errors.ts";
import { budget, category, confirmationToken, deadline, idempotencyKey, text, urgency } from "../fields.ts";
import { split } from "../ledger.ts";
import { lifecycle } from "../lifecycle.ts";
import {
  firstAction,
  postingRefusals,
  refuseDeadline,
  refuseRisk,
  refuseUnconfirmed,
  reviewReason,
} from "../posting.ts";
import { previewShape, previewTask } from "../posting-preview.ts";
import { encodeTask, taskShape } from "../task-view.ts";
import { defineTool } from "../tool.ts";

const input = z.strictObject({
  title: text(200).describe("Task title (max 200 chars)"),
  description: text(5000).describe("Detailed description (max 5 000 chars)"),
  category,
  budget,
  deadline,
  urgency,
  location: text(200).optional().describe("Physical location (city / address)"),
  remote: z.boolean().default(false).describe("Can be done remotely (default false)"),
  requirements: z.array(text(500)).max(30).default([]).describe("List of requirements"),
  skillsRequired: z.array(text(60)).max(30).default([]).describe("Required skill tags"),
  autoApprove: z.boolean().default(false).describe("Auto-approve submission after 72 h (default false)"),
  confirmationToken,
  idempotencyKey,
  dryRun: z
    .boolean()
    .optional()
    .describe("Post nothing: tell policy verdict, lock, payout, humans available, usual wait"),
});

export const create_task = defineTool({
  title: "Create a task",
  summary:
    "Publish a new task. Its budget is deducted from the wallet and locked in escrow. Confirm the amount with the user before calling.",
  who: ["agent"],
  permission: "tasks:write",
  effect: "write",
  money: true,
  contract: true,
  input,
  output: taskShape,
  dryRun: { output: previewShape, run: previewTask },
  refusals: postingRefusals,
  async run(ctx, task) {
    const risk = await vet(ctx, task);
    if (risk instanceof Refusal) {
      const posted = await postedBefore(ctx);
      return posted ? encodeTask(posted, ctx.actor) : risk;
    }
    const action = firstAction(ctx, task.budget, risk);
    const micro = toMicro(task.budget);
    const row = await openTask(
      ctx,
      {
        id: ctx.id("task"),
        agent_id: ctx.actor.userId,
        key_id: ctx.actor.keyId,
        title: task.title,
        description: task.description,
        category: task.category,
        urgency: task.urgency,
        location: task.location ?? null,
        remote: task.remote,
        requirements: task.requirements,
        skills: task.skillsRequired,
        auto_approve: task.autoApprove,
        budget: Number(micro),
        fee: Number(split(micro, ctx.settings.platformFeeBps).fee),
        deadline: task.deadline,
        question_id: null,
        max_applications: ctx.settings.maxApplications,
        review_reason: reviewReason(ctx, task.budget, risk),
        ...terms(ctx, task.autoApprove),
      },
      action,
      lifecycle[action].to,
    );
    return encodeTask(row, ctx.actor);
  },
});

/** What the schema cannot see: the deadline, the duty to confirm, the risk gate. */
async function vet(ctx: Context, task: z.output<typeof input>): Promise<RiskVerdict | Refusal> {
  const early = refuseDeadline(ctx, task.deadline) ?? (await refuseUnconfirmed(ctx, task.budget));
  if (early) return early;
  const risk = await ctx.riskGate(task);
  return refuseRisk(risk) ?? risk;
}

/** The terms that are frozen on the task: how long a review and a dispute may wait. */
function terms({ settings }: Context, autoApprove: boolean) {
  const review = autoApprove ? settings.autoApproveHours : settings.reviewDays * 24;
  return { review_term: `${review} hours`, dispute_term: `${settings.disputeDays * 24} hours` };
}
