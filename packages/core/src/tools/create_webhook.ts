import { z } from "zod";
import { Refusal } from "../errors.ts";
import { defineTool } from "../tool.ts";
import {
  checkUrl,
  encodeWebhook,
  newWebhookSecret,
  secretField,
  storedEvents,
  type WebhookRow,
  webhookFields,
  webhookShape,
} from "../webhook.ts";

const MOST_WEBHOOKS = 10;

export const create_webhook = defineTool({
  title: "Create a webhook",
  summary:
    "Have your events sent to an https endpoint as signed POST requests. The signing secret is in the reply, once.",
  who: ["agent"],
  permission: "webhooks:write",
  effect: "write",
  secretOutput: true,
  rest: { method: "POST", path: "/webhooks" },
  input: z.strictObject({
    url: webhookFields.url,
    events: webhookFields.events.default(["*"]),
    description: webhookFields.description.optional(),
  }),
  output: webhookShape.extend({ secret: secretField }),
  refusals: ["TOO_MANY_WEBHOOKS", "FORBIDDEN", "VALIDATION_ERROR"],
  async run(ctx, { url, events, description = "" }) {
    checkUrl(ctx, url);
    const owner = ctx.actor.userId;
    await ctx.sql`select 1 from app_user where id = ${owner} for no key update`;
    const [own] = await ctx.sql`select count(*)::int as n from webhook where owner = ${owner}`;
    if (own?.n >= MOST_WEBHOOKS) throw new Refusal("TOO_MANY_WEBHOOKS", { max: MOST_WEBHOOKS });
    const id = ctx.id("wh");
    const { secret, sealed } = newWebhookSecret(ctx, id);
    const [row] = await ctx.sql<WebhookRow[]>`
      insert into webhook (id, owner, url, description, events, secret, created_at)
      values (${id}, ${owner}, ${url}, ${description}, ${storedEvents(events)}, ${sealed}, clock_now())
      returning *`;
    return { ...encodeWebhook(row!, ctx.now), secret };
  },
});
