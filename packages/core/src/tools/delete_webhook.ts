import { z } from "zod";
import { defineTool } from "../tool.ts";
import { encodeWebhook, lockWebhook, webhookId, webhookShape } from "../webhook.ts";

export const delete_webhook = defineTool({
  title: "Delete a webhook",
  summary: "Remove a webhook with its secrets and its deliveries, those not sent yet included.",
  who: ["agent"],
  permission: "webhooks:write",
  effect: "destroy",
  rest: { method: "DELETE", path: "/webhooks/:webhookId" },
  input: z.strictObject({ webhookId }),
  output: webhookShape,
  refusals: ["WEBHOOK_NOT_FOUND", "FORBIDDEN", "VALIDATION_ERROR"],
  async run(ctx, { webhookId: id }) {
    const row = await lockWebhook(ctx, id);
    await ctx.sql`delete from webhook where id = ${id}`;
    await ctx.sql`delete from delivery where webhook_id = ${id}`;
    return encodeWebhook(row, ctx.now);
  },
});
