import { z } from "zod";
import { confirmationShape, findConfirmations } from "../confirmation-view.ts";
import { defineTool } from "../tool.ts";

export const list_confirmations = defineTool({
  title: "List waiting confirmations",
  summary: "What waits for a person's yes in your account, newest first.",
  who: ["agent"],
  permission: "tasks:read",
  effect: "read",
  rest: { method: "GET", path: "/confirmations" },
  input: z.strictObject({}),
  output: z.object({ confirmations: z.array(confirmationShape) }),
  refusals: ["FORBIDDEN"],
  run: async (ctx) => ({ confirmations: await findConfirmations(ctx, null) }),
});
