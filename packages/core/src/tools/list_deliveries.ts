import { z } from "zod";
import { Refusal } from "../errors.ts";
import { pagination, paging } from "../fields.ts";
import { COUNT_CAP, pageOf } from "../pages.ts";
import { defineTool } from "../tool.ts";
import { DELIVERY_STATUSES, type DeliveryRow, deliveryShape, encodeDelivery, webhookId } from "../webhook.ts";

export const list_deliveries = defineTool({
  title: "List deliveries",
  summary:
    "What was sent to a webhook, newest first: event, attempts, the endpoint's answer, when it is tried next.",
  who: ["agent"],
  permission: "webhooks:write",
  effect: "read",
  rest: { method: "GET", path: "/webhooks/:webhookId/deliveries" },
  input: z.strictObject({
    webhookId,
    status: z.enum(DELIVERY_STATUSES).optional().describe("Only those"),
    ...paging,
  }),
  output: z.object({ deliveries: z.array(deliveryShape), pagination }),
  refusals: ["WEBHOOK_NOT_FOUND", "FORBIDDEN", "VALIDATION_ERROR"],
  async run(ctx, { webhookId: id, status = null, limit, page }) {
    const { sql } = ctx;
    const [own] = await sql`select 1 from webhook where id = ${id} and owner = ${ctx.actor.userId}`;
    if (!own) throw new Refusal("WEBHOOK_NOT_FOUND", { webhookId: id });
    const where = sql`d.webhook_id = ${id} and d.status = coalesce(${status}, d.status)`;
    const rows = await sql<DeliveryRow[]>`
      select d.*, e.type, e.task_id from delivery d left join event e on e.n = d.event_n
      where ${where} order by d.n desc limit ${limit} offset ${(page - 1) * limit}`;
    const [count] = await sql`
      select count(*)::int as n from (select 1 from delivery d where ${where} limit ${COUNT_CAP}) capped`;
    return { deliveries: rows.map(encodeDelivery), pagination: pageOf(count?.n, { page, limit }) };
  },
});
