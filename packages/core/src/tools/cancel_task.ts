import { z } from "zod";
import { advance } from "../advance.ts";
import { moneyRefusals } from "../confirmation.ts";
import { confirmationToken, idempotencyKey, taskId } from "../fields.ts";
import { encodeTask, taskShape } from "../task-view.ts";
import { defineTool } from "../tool.ts";
import { sentence } from "../untrusted/mark.ts";

export const cancel_task = defineTool({
  title: "Cancel a task",
  summary:
    "Cancel an open or pending-review task. Its escrow is refunded to the wallet. Confirm with the user before calling.",
  who: ["agent"],
  permission: "tasks:write",
  effect: "destroy",
  money: true,
  contract: true,
  input: z.strictObject({
    taskId: taskId.describe("The task ID to cancel"),
    confirmationToken,
    idempotencyKey,
  }),
  output: z.object({ task: taskShape, message: sentence }),
  refusals: ["TASK_NOT_FOUND", "FORBIDDEN", "INVALID_STATUS", ...moneyRefusals, "VALIDATION_ERROR"],
  async run(ctx, input) {
    const row = await advance(ctx, "cancel", input.taskId);
    return { task: encodeTask(row, ctx.actor), message: "Task cancelled and escrow refunded" };
  },
});
