// A subscription outlives its connections: the client sees one stream for as long as the server can be reached again.

import { isObject, type Json, paramsOf } from "./jsonrpc.ts";

/** For how long a server that is gone may come back before the client is told. */
export const PATIENCE_MS = 300_000;
const LONGEST_WAIT_MS = 15_000;
/** A stream that held this long was a good one: what came before is forgotten. */
const SOUND_MS = 10_000;

const ACKNOWLEDGED = "notifications/subscriptions/acknowledged";

export class Subscription {
  #honoured: Json | undefined;
  #openedAt = 0;
  #downSince: number | undefined;
  #tries = 0;

  readonly #now: () => number;

  constructor(now: () => number = Date.now) {
    this.#now = now;
  }

  /** True once the server has agreed to tell of something: from then on only a lasting absence ends it. */
  get lasting(): boolean {
    return this.#honoured !== undefined && Object.keys(this.#honoured).length > 0;
  }

  /** What the client should see in place of this message of the server. */
  received(message: Json): Json[] {
    if (message.method !== ACKNOWLEDGED) return [message];
    const first = this.#honoured === undefined;
    const { notifications } = paramsOf(message);
    this.#honoured = isObject(notifications) ? notifications : {};
    this.#openedAt = this.#now();
    return first ? [message] : missed(message, this.#honoured);
  }

  /** How long to wait before it is opened again; undefined when the server has been, or will be, gone for too long. */
  reopenDelay(baseMs: number, retryAfterMs = 0, random: () => number = Math.random): number | undefined {
    const now = this.#now();
    const wasSound = this.#openedAt > 0 && now - this.#openedAt >= SOUND_MS;
    this.#openedAt = 0;
    if (wasSound || this.#downSince === undefined) {
      this.#downSince = now;
      this.#tries = 0;
    }
    const backoff = Math.min(baseMs * 2 ** this.#tries++, LONGEST_WAIT_MS) * (0.5 + random() / 2);
    const wait = retryAfterMs + backoff;
    return now + wait - this.#downSince > PATIENCE_MS ? undefined : wait;
  }
}

/** Nobody knows what changed while the stream was down, so everything it tells of is said to have changed. */
function missed(acknowledgement: Json, honoured: Json): Json[] {
  const { _meta } = paramsOf(acknowledgement);
  const say = (method: string, params: Json = {}): Json => ({
    jsonrpc: "2.0",
    method: `notifications/${method}`,
    params: { ...params, _meta },
  });
  const lists = ["tools", "prompts", "resources"].filter((kind) => honoured[`${kind}ListChanged`] === true);
  const { resourceSubscriptions: uris } = honoured;
  return [
    ...lists.map((kind) => say(`${kind}/list_changed`)),
    ...(Array.isArray(uris) ? uris : []).map((uri) => say("resources/updated", { uri })),
  ];
}
