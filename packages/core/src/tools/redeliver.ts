import { z } from "zod";
import { Refusal } from "../errors.ts";
import { defineTool } from "../tool.ts";
import {
  type DeliveryRow,
  deliveryId,
  deliveryShape,
  encodeDelivery,
  lockLiveWebhook,
  numberOfDelivery,
  webhookId,
} from "../webhook.ts";

export const redeliver = defineTool({
  title: "Redeliver",
  summary:
    "Send a delivery again at once, whatever became of it: the same event id and body, signed anew, with all its retries.",
  who: ["agent"],
  permission: "webhooks:write",
  effect: "write",
  rest: { method: "POST", path: "/webhooks/:webhookId/deliveries/:deliveryId/redeliver" },
  input: z.strictObject({ webhookId, deliveryId }),
  output: deliveryShape,
  refusals: ["WEBHOOK_NOT_FOUND", "DELIVERY_NOT_FOUND", "WEBHOOK_DISABLED", "FORBIDDEN", "VALIDATION_ERROR"],
  async run(ctx, { webhookId: id, deliveryId: wanted }) {
    await lockLiveWebhook(ctx, id);
    const [row] = await ctx.sql<DeliveryRow[]>`
      with again as (
        update delivery set status = 'pending', round = 0, next_at = clock_now()
        where webhook_id = ${id} and n = ${numberOfDelivery(wanted)} returning *)
      select d.*, e.type, e.task_id from again d left join event e on e.n = d.event_n`;
    if (!row) throw new Refusal("DELIVERY_NOT_FOUND", { deliveryId: wanted });
    return encodeDelivery(row);
  },
});
