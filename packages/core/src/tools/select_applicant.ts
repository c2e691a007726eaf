import { z } from "zod";
import { advance } from "../advance.ts";
import { moneyRefusals } from "../confirmation.ts";
import { confirmationToken, idempotencyKey, taskId, userId } from "../fields.ts";
import { encodeTask, taskShape } from "../task-view.ts";
import { defineTool } from "../tool.ts";
import { sentence } from "../untrusted/mark.ts";

export const select_applicant = defineTool({
  title: "Select an applicant",
  summary:
    "Choose a human from the applicants. The task becomes assigned and the other pending applications are rejected. Confirm the choice with the user.",
  who: ["agent"],
  permission: "tasks:write",
  effect: "write",
  money: true,
  contract: true,
  input: z.strictObject({
    taskId,
    humanId: userId.describe("The human user ID to assign"),
    confirmationToken,
    idempotencyKey,
  }),
  output: z.object({ task: taskShape, message: sentence }),
  refusals: [
    "TASK_NOT_FOUND",
    "FORBIDDEN",
    "INVALID_STATUS",
    "NO_PENDING_APPLICATION",
    "DEADLINE_PASSED",
    ...moneyRefusals,
    "VALIDATION_ERROR",
  ],
  async run(ctx, input) {
    const row = await advance(ctx, "select", input.taskId, { humanId: input.humanId });
    return { task: encodeTask(row, ctx.actor), message: "Applicant selected" };
  },
});
