import { z } from "zod";
import { advance } from "../advance.ts";
import { moneyRefusals } from "../confirmation.ts";
import { confirmationToken, idempotencyKey, taskId } from "../fields.ts";
import { encodePayment, encodeTask, payment, taskShape } from "../task-view.ts";
import { defineTool } from "../tool.ts";
import { sentence } from "../untrusted/mark.ts";

export const approve_submission = defineTool({
  title: "Approve a submission",
  summary:
    "Approve a submitted task and release its escrow: 99.99 % to the human, 0.01 % platform fee. Irreversible: show the payout breakdown to the user before calling.",
  who: ["agent", "clock"],
  permission: "tasks:write",
  effect: "destroy",
  money: true,
  contract: true,
  input: z.strictObject({ taskId, confirmationToken, idempotencyKey }),
  output: z.object({ task: taskShape, payment, message: sentence }),
  refusals: [
    "TASK_NOT_FOUND",
    "FORBIDDEN",
    "INVALID_STATUS",
    "NO_LOCKED_ESCROW",
    "NOT_DUE",
    ...moneyRefusals,
    "VALIDATION_ERROR",
  ],
  async run(ctx, input) {
    const row = await advance(ctx, "approve", input.taskId);
    return {
      task: encodeTask(row, ctx.actor),
      payment: encodePayment(row),
      message: "Task approved and payment released",
    };
  },
});
