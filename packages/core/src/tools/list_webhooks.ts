import { z } from "zod";
import { defineTool } from "../tool.ts";
import { encodeWebhook, type WebhookRow, webhookShape } from "../webhook.ts";

export const list_webhooks = defineTool({
  title: "List webhooks",
  summary: "Your webhooks, newest first, and whether they work. Never their secrets.",
  who: ["agent"],
  permission: "webhooks:write",
  effect: "read",
  rest: { method: "GET", path: "/webhooks" },
  input: z.strictObject({}),
  output: z.object({ webhooks: z.array(webhookShape) }),
  refusals: ["FORBIDDEN"],
  async run(ctx) {
    const rows = await ctx.sql<WebhookRow[]>`
      select * from webhook where owner = ${ctx.actor.userId} order by created_at desc, id desc`;
    return { webhooks: rows.map((row) => encodeWebhook(row, ctx.now)) };
  },
});
