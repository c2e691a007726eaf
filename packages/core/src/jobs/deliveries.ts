/** Delivers webhooks: independent slots, so that an endpoint that hangs holds up its own deliveries and no others. */

import { setMaxListeners } from "node:events";
import { toIso } from "../codecs.ts";
import type { Core } from "../core.ts";
import { encodeEvent } from "../event-view.ts";
import { cleanText, cut } from "../untrusted/clean.ts";
import { EXCERPT, eventOfDelivery, openSecret } from "../webhook.ts";
import type { WebhookAnswer, WebhookSender } from "../webhook-sender.ts";
import { signatureHeader } from "../webhook-signature.ts";
import { type Claimed, claim, endUnsent, type Lane, release, settle } from "./delivery-queue.ts";
import type { Report } from "./runner.ts";

/** Endpoints that fail have slots of their own: however many hang, those that work wait for none of them. */
const LANES: readonly Lane[] = [
  { failing: false, slots: 160, most: 4, mostOfOwner: 8 },
  { failing: true, slots: 16, most: 1, mostOfOwner: 2 },
];
const POLL_MS = 500;
/** The same when the database cannot be asked. */
const PAUSE_MS = 5000;
/** How long a stop waits for attempts under way before it breaks them off. */
const GRACE_MS = 3000;
const MOST_BYTES = 20_000;

interface Slots {
  lane: Lane;
  /** Attempts under way at each endpoint, and for each owner. */
  busy: Map<string, number>;
  busyOwners: Map<string, number>;
  used: number;
}

/** Starts delivering; answers how to stop. Several processes may run it at once. */
export function startDeliveries(core: Core, send: WebhookSender, report: Report): () => Promise<void> {
  const lanes = LANES.map((lane): Slots => ({ lane, busy: new Map(), busyOwners: new Map(), used: 0 }));
  const underWay = new Set<Promise<void>>();
  const abort = new AbortController();
  setMaxListeners(0, abort.signal);
  const bell = makeBell();
  let stopped = false;

  const begin = (slots: Slots, d: Claimed) => {
    take(slots, d, 1);
    const run = attempt(core, send, d, abort.signal)
      .catch((error) => fault(core, d, error))
      .catch((error) => report(new Error(`delivery ${d.n}`, { cause: error })))
      .finally(() => {
        take(slots, d, -1);
        underWay.delete(run);
        bell.ring();
      });
    underWay.add(run);
  };
  const fill = async (slots: Slots) => {
    const free = slots.lane.slots - slots.used;
    if (free === 0) return;
    for (const d of await claim(core, slots.lane, free, slots.busy, slots.busyOwners)) begin(slots, d);
  };
  const loop = (async () => {
    while (!stopped) {
      let pause = POLL_MS;
      for (const slots of lanes) {
        await fill(slots).catch((error) => {
          pause = PAUSE_MS;
          report(new Error("deliveries", { cause: error }));
        });
      }
      if (!stopped) await bell.wait(pause);
    }
  })();
  return async () => {
    stopped = true;
    bell.ring();
    await loop;
    const timer = setTimeout(() => abort.abort(), GRACE_MS);
    await Promise.all(underWay);
    clearTimeout(timer);
  };
}

function take(slots: Slots, d: Claimed, by: number) {
  slots.used += by;
  count(slots.busy, d.webhook_id, by);
  if (d.owner) count(slots.busyOwners, d.owner, by);
}

function count(busy: Map<string, number>, name: string, by: number) {
  const left = (busy.get(name) ?? 0) + by;
  if (left > 0) busy.set(name, left);
  else busy.delete(name);
}

/** Lets one loop sleep until it is woken or the time is over; a ring while it is awake is not lost. */
function makeBell() {
  let rung = false;
  let wake = () => {};
  return {
    ring() {
      rung = true;
      wake();
    },
    async wait(ms: number) {
      if (!rung) {
        await new Promise<void>((resolve) => {
          const timer = setTimeout(resolve, ms);
          wake = () => {
            clearTimeout(timer);
            resolve();
          };
        });
      }
      rung = false;
    },
  };
}

async function attempt(core: Core, send: WebhookSender, d: Claimed, signal: AbortSignal): Promise<void> {
  if (d.url === null || d.disabled) return endUnsent(core, d);
  const began = performance.now();
  const answer = await send(requestOf(core, d, d.url), signal);
  if (signal.aborted && answer.status === null) return void (await release(core, d));
  await settle(core, d, {
    httpStatus: answer.status,
    error: faultOf(answer),
    response: answer.status === null ? null : cut(cleanText(answer.body), EXCERPT),
    durationMs: Math.round(performance.now() - began),
    retryAfter: answer.status === null ? null : secondsOf(answer.retryAfter, core.now()),
  });
}

/** A fault of ours: the attempt counts as failed, so that nothing is tried without end, and is reported. */
async function fault(core: Core, d: Claimed, error: unknown): Promise<never> {
  const ours = "It could not be sent because of a fault on our side.";
  await settle(core, d, { httpStatus: null, error: ours, response: null, durationMs: 0, retryAfter: null });
  throw error;
}

/** Signed anew for each attempt: receivers refuse what was signed long ago. */
function requestOf(core: Core, d: Claimed, url: string) {
  const { id, type, deliveryId } = eventOfDelivery(d);
  const event =
    d.event_n === null
      ? { id, type, createdAt: toIso(d.at), actor: "agent", data: { webhookId: d.webhook_id } }
      : encodeEvent({ n: d.event_n, type, actor_role: d.actor_role!, data: d.data!, at: d.at });
  const body = JSON.stringify(event);
  if (Buffer.byteLength(body) > MOST_BYTES) throw new Error(`event ${id} is too large for a webhook`);
  const sealed = d.previous_secret ? [d.secret, d.previous_secret] : [d.secret];
  const secrets = sealed.map((s) => openSecret(core.secret, d.webhook_id, s));
  return {
    url,
    headers: {
      "content-type": "application/json",
      "user-agent": "Humans2AI-Webhooks/2",
      "x-humans2ai-signature": signatureHeader(secrets, core.now(), body),
      "x-humans2ai-event-id": id,
      "x-humans2ai-event": type,
      "x-humans2ai-delivery": deliveryId,
    },
    body,
  };
}

function faultOf(answer: WebhookAnswer): string | null {
  if (answer.status === null) return answer.error;
  if (answer.status >= 200 && answer.status < 300) return null;
  const redirect = answer.status >= 300 && answer.status < 400;
  return `The endpoint answered ${answer.status}${redirect ? "; redirects are not followed" : ""}.`;
}

/** Retry-After in seconds, given as seconds or as a date; null if it is neither. */
export function secondsOf(retryAfter: string | null, now: Date): number | null {
  if (retryAfter === null) return null;
  if (/^\d{1,9}$/.test(retryAfter)) return Number(retryAfter);
  const seconds = Math.ceil((Date.parse(retryAfter) - now.getTime()) / 1000);
  return Number.isFinite(seconds) ? Math.max(seconds, 0) : null;
}
