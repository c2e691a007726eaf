import { z } from "zod";
import { defineTool } from "../tool.ts";
import {
  encodeWebhook,
  lockWebhook,
  newWebhookSecret,
  ROTATION_HOURS,
  secretField,
  type WebhookRow,
  webhookId,
  webhookShape,
} from "../webhook.ts";

export const rotate_webhook_secret = defineTool({
  title: "Rotate a webhook's secret",
  summary:
    "Give a webhook a new signing secret, shown in the reply, once. For one hour deliveries carry the old secret's signature too; a further rotation ends the old one at once.",
  who: ["agent"],
  permission: "webhooks:write",
  effect: "write",
  secretOutput: true,
  rest: { method: "POST", path: "/webhooks/:webhookId/rotate-secret" },
  input: z.strictObject({ webhookId }),
  output: webhookShape.extend({ secret: secretField }),
  refusals: ["WEBHOOK_NOT_FOUND", "FORBIDDEN", "VALIDATION_ERROR"],
  async run(ctx, { webhookId: id }) {
    await lockWebhook(ctx, id);
    const { secret, sealed } = newWebhookSecret(ctx, id);
    const [row] = await ctx.sql<WebhookRow[]>`
      update webhook set previous_secret = secret, secret = ${sealed},
        previous_until = clock_now() + make_interval(hours => ${ROTATION_HOURS})
      where id = ${id} returning *`;
    return { ...encodeWebhook(row!, ctx.now), secret };
  },
});
