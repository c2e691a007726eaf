import { z } from "zod";
import { advance } from "../advance.ts";
import { taskId, text } from "../fields.ts";
import { encodeTask, taskShape } from "../task-view.ts";
import { defineTool } from "../tool.ts";
import { sentence } from "../untrusted/mark.ts";

export const open_dispute = defineTool({
  title: "Open a dispute",
  summary:
    "Ask an admin to decide about a rejection, within the dispute window. The escrow stays held meanwhile.",
  who: ["human"],
  permission: "tasks:write",
  effect: "write",
  input: z.strictObject({
    taskId,
    reason: text(2000, 20).describe("Why the rejection is wrong (min 20 chars)"),
  }),
  output: z.object({ task: taskShape, message: sentence }),
  refusals: [
    "TASK_NOT_FOUND",
    "FORBIDDEN",
    "INVALID_STATUS",
    "DEADLINE_PASSED",
    "REASON_TOO_SHORT",
    "VALIDATION_ERROR",
  ],
  refuseAs: { "reason.too_small": "REASON_TOO_SHORT" },
  async run(ctx, input) {
    const row = await advance(ctx, "dispute", input.taskId, { reason: input.reason });
    return { task: encodeTask(row, ctx.actor), message: "Dispute opened" };
  },
});
