/** Webhooks in tests: an endpoint that answers as it is told, in place of the internet, and what it got. */

import { createHmac } from "node:crypto";
import { expect, onTestFinished } from "vitest";
import type { Input } from "../src/call.ts";
import type { Actor } from "../src/context.ts";
import type { Core } from "../src/core.ts";
import { startDeliveries } from "../src/jobs/deliveries.ts";
import type { Report } from "../src/jobs/runner.ts";
import type { WebhookAnswer, WebhookRequest, WebhookSender } from "../src/webhook-sender.ts";
import { fail, type World } from "./world.ts";

export const ok: WebhookAnswer = { status: 200, body: "thanks", retryAfter: null };
export const answers = (status: number, retryAfter: string | null = null): WebhookAnswer => ({
  status,
  body: "",
  retryAfter,
});

export interface Endpoints {
  send: WebhookSender;
  /** What came to an address, in the order in which it came. */
  got: (url: string) => WebhookRequest[];
  /** What an address answers from now on; a promise that never ends is an endpoint that hangs. */
  says: (url: string, answer: () => WebhookAnswer | Promise<WebhookAnswer>) => void;
}

/** A whole internet of endpoints: each answers 200 unless told otherwise. */
export function endpoints(): Endpoints {
  const told = new Map<string, () => WebhookAnswer | Promise<WebhookAnswer>>();
  const came: WebhookRequest[] = [];
  const broken = (signal: AbortSignal) =>
    new Promise<WebhookAnswer>((resolve) => {
      signal.addEventListener("abort", () => resolve({ status: null, error: "The attempt was broken off." }));
    });
  return {
    got: (url) => came.filter((r) => r.url === url),
    says: (url, answer) => void told.set(url, answer),
    send: async (request, signal) => {
      came.push(request);
      return Promise.race([told.get(request.url)?.() ?? ok, broken(signal)]);
    },
  };
}

/** Delivers until the test ends, or until stopped. */
export function delivering(core: Core, { send }: Endpoints, report: Report = fail): () => Promise<void> {
  const stop = startDeliveries(core, send, report);
  onTestFinished(stop);
  return stop;
}

export const hook = (
  core: Core,
  actor: Actor,
  url = "https://hooks.example.com/in",
  over: Partial<Input<"create_webhook">> = {},
) => core.call(actor, "create_webhook", { url, ...over });

export const deliveriesOf = async (core: Core, actor: Actor, webhookId: string) =>
  (await core.call(actor, "list_deliveries", { webhookId, limit: 100 })).deliveries;

/** The signatures of a request's header that this secret made; also checks the header's form. */
export function signedBy(request: WebhookRequest, secret: string): boolean {
  const header = request.headers["x-humans2ai-signature"]!;
  expect(header).toMatch(/^t=\d{13}(,v1=[0-9a-f]{64}){1,2}$/);
  const [t, ...signatures] = header.split(",");
  const made = createHmac("sha256", secret)
    .update(`v1:${t!.slice(2)}:${request.body}`)
    .digest("hex");
  return signatures.includes(`v1=${made}`);
}

/** Makes every pending delivery due now, whatever its schedule says. */
export const hurry = (w: World) =>
  w.core.client`update delivery set next_at = clock_now() - interval '1 s' where status = 'pending'`;
