import type { Output } from "@humans2ai/core";
import type { Tone } from "@/ui/status-badge.tsx";

export type Webhook = Output<"list_webhooks">["webhooks"][number];
export type Delivery = Output<"list_deliveries">["deliveries"][number];

/** How a webhook stands, in one word and its colour. */
export function standing(webhook: Webhook): { tone: Tone; label: string } {
  if (!webhook.enabled) return { tone: "closed", label: "Disabled" };
  if (webhook.failingSince) return { tone: "bad", label: "Failing" };
  return { tone: "good", label: "Active" };
}

/** Why it is disabled, as a sentence. */
export const whyDisabled = {
  owner: "You disabled it.",
  gone: "Its endpoint answered 410 Gone, so nothing more was sent.",
  failing: "Every attempt failed for five days, so nothing more was sent.",
} as const;

export const deliveryStanding = (delivery: Delivery): { tone: Tone; label: string } => {
  if (delivery.status === "delivered") return { tone: "good", label: "Delivered" };
  if (delivery.status === "failed") return { tone: "bad", label: "Failed" };
  return { tone: "waiting", label: delivery.error ? "Will be retried" : "On its way" };
};

/** What of a list would be shown otherwise when something has happened. */
export const fingerprint = (deliveries: Delivery[]): string =>
  JSON.stringify(deliveries.map((d) => [d.id, d.attempts, d.status]));
