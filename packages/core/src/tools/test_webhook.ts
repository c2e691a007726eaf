import { z } from "zod";
import { defineTool } from "../tool.ts";
import { type DeliveryRow, deliveryShape, encodeDelivery, lockLiveWebhook, webhookId } from "../webhook.ts";

export const test_webhook = defineTool({
  title: "Test a webhook",
  summary:
    "Send a signed webhook.test event to a webhook. It leaves within a second: list_deliveries then says how it fared.",
  who: ["agent"],
  permission: "webhooks:write",
  effect: "write",
  rest: { method: "POST", path: "/webhooks/:webhookId/test" },
  input: z.strictObject({ webhookId }),
  output: deliveryShape,
  refusals: ["WEBHOOK_NOT_FOUND", "WEBHOOK_DISABLED", "FORBIDDEN", "VALIDATION_ERROR"],
  async run(ctx, { webhookId: id }) {
    await lockLiveWebhook(ctx, id);
    const [row] = await ctx.sql<DeliveryRow[]>`
      insert into delivery (webhook_id, next_at, created_at) values (${id}, clock_now(), clock_now())
      returning *, null as type, null as task_id`;
    return encodeDelivery(row!);
  },
});
