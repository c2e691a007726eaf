import { z } from "zod";
import { hashToken, newSecret } from "../auth/tokens.ts";
import { toAmount } from "../codecs.ts";
import { moneyTools, paramsHash } from "../confirmation.ts";
import type { Context } from "../context.ts";
import { clockNow, confirmations } from "../db/schema.ts";
import { timestamp } from "../fields.ts";
import { findOwnTask, type TaskRow } from "../task-view.ts";
import { defineTool } from "../tool.ts";

const MINUTES = 5;

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
      .record(z.string().max(100), z.json())
      .describe("The exact parameters you intend to pass to the tool"),
  }),
  output: z.object({
    confirmationToken: z.string(),
    expiresAt: timestamp,
    tool: z.enum(moneyTools),
    message: z.string(),
  }),
  refusals: ["VALIDATION_ERROR", "FORBIDDEN", "TASK_NOT_FOUND"],
  async run(ctx, { tool, params }) {
    const message = await sentence(ctx, tool, params);
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
async function sentence(ctx: Context, tool: (typeof moneyTools)[number], params: Record<string, unknown>) {
  if (tool === "create_task") return `Lock ${params.budget} $A9 for this task?`;
  const task: TaskRow = await findOwnTask(ctx, String(params.taskId));
  const budget = toAmount(task.budget);
  switch (tool) {
    case "cancel_task":
      return `Cancel task and refund ${budget} $A9?`;
    case "select_applicant":
      return `Assign ${params.humanId} to this task?`;
    case "reject_submission":
      return `Reject with reason: ${params.reason}?`;
    case "approve_submission":
      return `Release ${toAmount(task.budget - task.fee)} $A9 to the human? (Platform fee ${toAmount(task.fee)} $A9, total ${budget} $A9.)`;
  }
}
