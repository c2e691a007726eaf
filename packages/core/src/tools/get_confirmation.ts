import { z } from "zod";
import { confirmationId, confirmationShape, findConfirmation } from "../confirmation-view.ts";
import { defineTool } from "../tool.ts";
import { waitFor } from "../waiting.ts";

export const get_confirmation = defineTool({
  title: "Get a confirmation",
  summary: "Whether a person of your account has said yes or no to a confirmation, and to what exactly.",
  who: ["agent"],
  permission: "tasks:read",
  effect: "read",
  rest: { method: "GET", path: "/confirmations/:confirmationId" },
  input: z.strictObject({
    confirmationId,
    waitSeconds: z.int().min(0).max(50).default(0).describe("Wait this long for the answer (max 50)"),
  }),
  output: confirmationShape,
  refusals: ["CONFIRMATION_NOT_FOUND", "TOO_MANY_WAITING", "VALIDATION_ERROR", "FORBIDDEN"],
  async run(ctx, { confirmationId: id, waitSeconds }) {
    const look = async () => {
      const confirmation = await findConfirmation(ctx, id);
      return confirmation.status === "pending" ? null : confirmation;
    };
    return (await waitFor(ctx, waitSeconds, look)) ?? findConfirmation(ctx, id);
  },
});
