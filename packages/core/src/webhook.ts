/** Webhooks and their deliveries as their owner sees them: what the webhook tools share. */

import { z } from "zod";
import { faultOfUrl } from "./auth/public-address.ts";
import { seal, unseal } from "./auth/sealing.ts";
import { newSecret } from "./auth/tokens.ts";
import { toIso, toIsoOrNull } from "./codecs.ts";
import type { Context } from "./context.ts";
import { Refusal } from "./errors.ts";
import { eventTypes } from "./event-types.ts";
import { eventId } from "./event-view.ts";
import { text, timestamp } from "./fields.ts";
import { ours, written } from "./untrusted/mark.ts";

/** On the wire: all types of event. */
const ALL = "*";
const TEST_EVENT = "webhook.test";
/** How long the secret before a rotation is still signed with. */
export const ROTATION_HOURS = 1;

export const webhookId = text(64).describe("The webhook's ID (wh_…)");
export const deliveryId = text(64).describe("The delivery's ID (dlv_…)");
export const webhookFields = {
  url: z
    .url({ protocol: /^https?$/, normalize: true })
    .max(2000)
    .describe("Where to send: an https address on the public internet, port 443 or 8443"),
  events: z
    .array(z.enum([...eventTypes, ALL]))
    .min(1)
    .max(eventTypes.length)
    .describe('Types of event to send; ["*"]: all, also those to come'),
  description: text(200).describe("What it is for"),
};

export const webhookShape = z.object({
  id: ours(),
  url: ours(),
  description: ours(),
  events: z.array(ours()),
  enabled: z.boolean(),
  disabledAt: timestamp.nullable(),
  disabledReason: z
    .enum(["owner", "gone", "failing"])
    .nullable()
    .describe("owner: by you; gone: the endpoint answered 410; failing: nothing arrived for 5 days"),
  failingSince: timestamp.nullable().describe("Every attempt since then failed"),
  previousSecretUntil: timestamp.nullable().describe("Until then the secret before the rotation signs too"),
  createdAt: timestamp,
});
/** The secret, in the one reply that shows it. */
export const secretField = ours(z.string().describe("Signs the deliveries; shown this once"));

export interface WebhookRow {
  id: string;
  url: string;
  description: string;
  events: string[] | null;
  failing_since: string | null;
  disabled_at: string | null;
  disabled_reason: "owner" | "gone" | "failing" | null;
  previous_until: string | null;
  created_at: string;
}

export const encodeWebhook = (row: WebhookRow, now: Date): z.input<typeof webhookShape> => ({
  id: row.id,
  url: row.url,
  description: row.description,
  events: row.events ?? [ALL],
  enabled: row.disabled_at === null,
  disabledAt: toIsoOrNull(row.disabled_at),
  disabledReason: row.disabled_reason,
  failingSince: toIsoOrNull(row.failing_since),
  previousSecretUntil:
    row.previous_until && new Date(row.previous_until) > now ? toIso(row.previous_until) : null,
  createdAt: toIso(row.created_at),
});

/** The types as the database keeps them: null for all. */
export const storedEvents = (events: string[]): string[] | null =>
  events.includes(ALL) ? null : [...new Set(events)];

/** Refuses an address that nothing may be sent to. Names are looked at again when they are connected to. */
export function checkUrl(ctx: Context, url: string): void {
  const fault = faultOfUrl(url, ctx.settings.webhookAllowPrivate);
  if (!fault) return;
  throw new Refusal("VALIDATION_ERROR", {
    message: `url: ${fault}`,
    fields: [{ path: "url", message: fault }],
  });
}

const PURPOSE = "webhook secrets";
/** A new signing secret, and what the database keeps of it. */
export function newWebhookSecret(ctx: Context, id: string): { secret: string; sealed: Buffer } {
  const secret = newSecret("whsec_");
  return { secret, sealed: seal(ctx.secret, PURPOSE, id, secret) };
}
export const openSecret = (secret: Uint8Array, id: string, sealed: Uint8Array): string =>
  unseal(secret, PURPOSE, id, sealed);

/** The actor's own webhook, locked until the transaction ends; WEBHOOK_NOT_FOUND for all others. */
export async function lockWebhook(ctx: Context, id: string): Promise<WebhookRow> {
  const [row] = await ctx.sql<WebhookRow[]>`
    select * from webhook where id = ${id} and owner = ${ctx.actor.userId} for no key update`;
  if (!row) throw new Refusal("WEBHOOK_NOT_FOUND", { webhookId: id });
  return row;
}

/** The same, and it must be one to which something is sent. */
export async function lockLiveWebhook(ctx: Context, id: string): Promise<WebhookRow> {
  const row = await lockWebhook(ctx, id);
  if (row.disabled_at) throw new Refusal("WEBHOOK_DISABLED");
  return row;
}

export const DELIVERY_STATUSES = ["pending", "delivered", "failed"] as const;
/** How much of an answer is kept, in characters. */
export const EXCERPT = 1000;
export const deliveryShape = z.object({
  id: ours(),
  webhookId: ours(),
  eventId: ours(),
  type: ours(),
  taskId: ours().nullable(),
  status: z.enum(DELIVERY_STATUSES),
  attempts: z.int(),
  nextAttemptAt: timestamp.nullable().describe("While pending: when it is tried next"),
  lastAttemptAt: timestamp.nullable(),
  httpStatus: z.int().nullable().describe("What the endpoint answered at the last attempt"),
  error: ours(z.string().describe("Why the last attempt failed")).nullable(),
  durationMs: z.int().nullable(),
  response: written(
    () => "somebody",
    EXCERPT,
    z.string().describe("How the endpoint's last answer begins"),
  ).nullable(),
  createdAt: timestamp,
});

export interface DeliveryRow {
  n: string;
  webhook_id: string;
  event_n: string | null;
  type: string | null;
  task_id: string | null;
  status: (typeof DELIVERY_STATUSES)[number];
  attempts: number;
  next_at: string;
  tried_at: string | null;
  http_status: number | null;
  error: string | null;
  duration_ms: number | null;
  response: string | null;
  created_at: string;
}

const idOfDelivery = (n: string) => `dlv_${n}`;
/** The number in a delivery's id; null when it is the id of none. */
export const numberOfDelivery = (id: string): string | null => /^dlv_(\d{1,18})$/.exec(id)?.[1] ?? null;

/** What a delivery tells of: its event, or, for a test, an event of its own. */
export const eventOfDelivery = (d: Pick<DeliveryRow, "n" | "event_n" | "type">) => ({
  id: d.event_n === null ? `evt_test_${d.n}` : eventId(d.event_n),
  type: d.type ?? TEST_EVENT,
  deliveryId: idOfDelivery(d.n),
});

export function encodeDelivery(row: DeliveryRow): z.input<typeof deliveryShape> {
  const { id, type, deliveryId } = eventOfDelivery(row);
  return {
    id: deliveryId,
    webhookId: row.webhook_id,
    eventId: id,
    type,
    taskId: row.task_id,
    status: row.status,
    attempts: row.attempts,
    nextAttemptAt: row.status === "pending" ? toIso(row.next_at) : null,
    lastAttemptAt: toIsoOrNull(row.tried_at),
    httpStatus: row.http_status,
    error: row.error,
    durationMs: row.duration_ms,
    response: row.response,
    createdAt: toIso(row.created_at),
  };
}
