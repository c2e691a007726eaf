import { z } from "zod";
import { advance } from "../advance.ts";
import { taskId, text } from "../fields.ts";
import { encodeTask, taskShape } from "../task-view.ts";
import { defineTool } from "../tool.ts";
import { sentence } from "../untrusted/mark.ts";

export const resolve_dispute = defineTool({
  title: "Resolve a dispute",
  summary: "Decide a dispute: uphold pays the human, dismiss refunds the agent. Both are told the reason.",
  who: ["admin"],
  permission: "tasks:write",
  effect: "destroy",
  input: z.strictObject({
    taskId,
    decision: z.enum(["uphold", "dismiss"]),
    reason: text(2000, 20).describe("The reasoned decision, for both sides (min 20 chars)"),
  }),
  output: z.object({ task: taskShape, message: sentence }),
  refusals: ["TASK_NOT_FOUND", "INVALID_STATUS", "REASON_TOO_SHORT", "VALIDATION_ERROR"],
  refuseAs: { "reason.too_small": "REASON_TOO_SHORT" },
  async run(ctx, input) {
    const row = await advance(ctx, input.decision, input.taskId, { reason: input.reason });
    const message =
      input.decision === "uphold" ? "Dispute upheld, escrow paid out" : "Dispute dismissed, escrow refunded";
    return { task: encodeTask(row, ctx.actor), message };
  },
});
