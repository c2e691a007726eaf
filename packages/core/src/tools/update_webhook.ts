import { z } from "zod";
import { defineTool } from "../tool.ts";
import {
  checkUrl,
  encodeWebhook,
  lockWebhook,
  storedEvents,
  type WebhookRow,
  webhookFields,
  webhookId,
  webhookShape,
} from "../webhook.ts";

export const update_webhook = defineTool({
  title: "Change a webhook",
  summary:
    "Change where a webhook sends, which events and what for; disable it, or enable it again. Nothing is enqueued while it is disabled.",
  who: ["agent"],
  permission: "webhooks:write",
  effect: "write",
  rest: { method: "PATCH", path: "/webhooks/:webhookId" },
  input: z.strictObject({
    webhookId,
    url: webhookFields.url.optional(),
    events: webhookFields.events.optional(),
    description: webhookFields.description.optional(),
    enabled: z.boolean().optional().describe("false: send nothing more; true: begin again"),
  }),
  output: webhookShape,
  refusals: ["WEBHOOK_NOT_FOUND", "FORBIDDEN", "VALIDATION_ERROR"],
  async run(ctx, { webhookId: id, url, events, description, enabled }) {
    const old = await lockWebhook(ctx, id);
    if (url !== undefined) checkUrl(ctx, url);
    // Another endpoint, or a new beginning, has not failed yet.
    const anew = (url !== undefined && url !== old.url) || (enabled === true && old.disabled_at !== null);
    const live = enabled ?? old.disabled_at === null;
    const [row] = await ctx.sql<WebhookRow[]>`
      update webhook set url = ${url ?? old.url}, description = ${description ?? old.description},
        events = ${events ? storedEvents(events) : old.events},
        failing_since = case when ${anew} then null else failing_since end,
        disabled_at = case when ${live} then null else coalesce(disabled_at, clock_now()) end,
        disabled_reason = case when ${live} then null else coalesce(disabled_reason, 'owner') end
      where id = ${id} returning *`;
    return encodeWebhook(row!, ctx.now);
  },
});
