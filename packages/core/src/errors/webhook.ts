/** Refusals about webhooks and their deliveries. */

import type { ErrorRow } from "./row.ts";

export const webhookErrors = {
  WEBHOOK_NOT_FOUND: {
    http: 404,
    retry: false,
    say: (f) => `Webhook "${f.webhookId}" not found`,
    next: "Call list_webhooks for the ids of yours.",
  },
  DELIVERY_NOT_FOUND: {
    http: 404,
    retry: false,
    say: (f) => `Delivery "${f.deliveryId}" not found`,
    next: "Call list_deliveries for their ids; they are kept for a time only.",
  },
  TOO_MANY_WEBHOOKS: {
    http: 409,
    retry: false,
    say: (f) => `An account has at most ${f.max} webhooks. Delete one that you no longer use.`,
  },
  WEBHOOK_DISABLED: {
    http: 409,
    retry: false,
    say: () => "This webhook is disabled. Enable it first: update_webhook with enabled: true.",
  },
} as const satisfies Record<string, ErrorRow>;
