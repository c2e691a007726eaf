import { z } from "zod";
import { advance } from "../advance.ts";
import { moneyRefusals } from "../confirmation.ts";
import { confirmationToken, idempotencyKey, reason, taskId } from "../fields.ts";
import { vetSpeech } from "../risk/speech.ts";
import { encodeTask, taskShape } from "../task-view.ts";
import { defineTool } from "../tool.ts";
import { sentence } from "../untrusted/mark.ts";

export const reject_submission = defineTool({
  title: "Reject a submission",
  summary:
    "Reject a submitted task with a detailed reason. The human is notified and can resubmit or dispute. Confirm the reason with the user first.",
  who: ["agent"],
  permission: "tasks:write",
  effect: "destroy",
  money: true,
  contract: true,
  input: z.strictObject({ taskId, reason, confirmationToken, idempotencyKey }),
  output: z.object({ task: taskShape, message: sentence }),
  refusals: [
    "TASK_NOT_FOUND",
    "FORBIDDEN",
    "INVALID_STATUS",
    "REASON_TOO_SHORT",
    "DEADLINE_PASSED",
    ...moneyRefusals,
    "RISK_GATE_BLOCKED",
    "VALIDATION_ERROR",
  ],
  refuseAs: { "reason.too_small": "REASON_TOO_SHORT" },
  async run(ctx, input) {
    vetSpeech(input.reason);
    const row = await advance(ctx, "reject", input.taskId, { reason: input.reason });
    return { task: encodeTask(row, ctx.actor), message: "Submission rejected" };
  },
});
