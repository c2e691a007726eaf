// One message from the client and everything that comes back for it, over as many tries as it takes.

import { endedEarly, type Failure, fromError, fromStatus, notMcp, sentence } from "./failure.ts";
import { type Reply, readAll } from "./http.ts";
import {
  failureResponse,
  type Id,
  isMessage,
  isObject,
  isResponse,
  type Json,
  type Message,
  methodOf,
  paramsOf,
  requestId,
  statedVersion,
} from "./jsonrpc.ts";
import type { Link, Sink } from "./link.ts";
import { HEADER_MISMATCH, listTools } from "./mirror.ts";
import { pause, retryDelay, Stop } from "./retry.ts";
import { headerValue } from "./session.ts";
import { SseParser } from "./sse.ts";
import { note } from "./stdio.ts";
import { Subscription } from "./subscription.ts";

/** A stream may be quiet this long; servers send a comment every few seconds to keep one open. */
const STREAM_SILENCE_MS = 300_000;
const MAX_KEY_CHANGES = 2;

export class Exchange {
  readonly id: Id | undefined;
  readonly method: string | undefined;
  readonly #stop = new Stop();
  #answered = false;
  #relayed = false;
  #relearned = false;
  /** The server's own end of a subscription that it may yet take up again. */
  #ended: Json | undefined;
  #token: string | undefined;

  readonly #link: Link;
  readonly message: Message;
  readonly #sink: Sink;
  readonly #subscription: Subscription | undefined;

  constructor(link: Link, message: Message, sink: Sink) {
    this.#link = link;
    this.message = message;
    this.#sink = sink;
    this.id = requestId(message.json);
    this.method = methodOf(message.json);
    this.#subscription = this.method === "subscriptions/listen" ? new Subscription() : undefined;
  }

  /** Ends it without an answer: the client has said that it wants none. */
  cancel(): void {
    this.#stop.stop();
  }

  async run(): Promise<void> {
    const { credentials } = this.#link;
    const started = Date.now();
    const key = await this.#idempotencyKey();
    let keyChanges = 0;
    for (let tries = 1; !this.#stop.stopped; tries++) {
      const failure = await this.#try(key);
      if (!failure || this.#answered || this.#stop.stopped) return;
      if (failure.status === 401 && credentials.refused(this.#token) && keyChanges++ < MAX_KEY_CHANGES) {
        tries--;
        continue;
      }
      if (await this.#relearn(failure)) continue;
      const wait = this.#waitAfter(failure, tries, Date.now() - started);
      if (wait === undefined) return this.#giveUp(failure);
      await pause(wait, this.#stop);
    }
  }

  /** One per call, the same on all its tries: a call that did go through is not done twice. */
  async #idempotencyKey(): Promise<string | undefined> {
    if (this.method !== "tools/call" || this.id === undefined) return undefined;
    const given = paramsOf(this.message.json).arguments;
    if (isObject(given) && "idempotencyKey" in given) return undefined; // the agent's own, in every try's body
    const { randomUUID } = await import("node:crypto");
    return randomUUID();
  }

  /** Once part of an answer has been passed on, only a call with its key, or a subscription, can be asked for again. */
  #waitAfter(failure: Failure, tries: number, elapsedMs: number): number | undefined {
    const { retryBaseMs: baseMs } = this.#link.config;
    if (!failure.retryable) return undefined;
    if (this.#subscription?.lasting) return this.#subscription.reopenDelay(baseMs, failure.retryAfterMs);
    if (this.#relayed && this.method !== "tools/call") return undefined;
    return retryDelay({ tries, elapsedMs, baseMs, retryAfterMs: failure.retryAfterMs });
  }

  /** The tool's schema has changed, or was never seen: it is asked for, and the call is made once more. */
  async #relearn({ own }: Failure): Promise<boolean> {
    const code = (own?.error as Json | undefined)?.code;
    if (code !== HEADER_MISMATCH || !this.#isStatelessly("tools/call") || this.#relearned) return false;
    this.#relearned = true;
    await listTools(this.message.json, (json) => this.#ask(json));
    return true;
  }

  /** A request of our own; resolves with its answer, or undefined when it was stopped. */
  async #ask(json: Json): Promise<Json | undefined> {
    let answer: string | undefined;
    const keep = (text: string) => {
      answer = text;
    };
    const sink = { answer: keep, message: () => undefined };
    const exchange = new Exchange(this.#link, { json, text: JSON.stringify(json) }, sink);
    this.#stop.watch(() => exchange.cancel());
    await exchange.run();
    return answer === undefined ? undefined : (JSON.parse(answer) as Json);
  }

  async #try(key: string | undefined): Promise<Failure | undefined> {
    const { config, http, session, credentials, mirror } = this.#link;
    const headers = session.headers(this.message.json);
    if (this.#isStatelessly("tools/call")) {
      for (const [name, value] of Object.entries(mirror.headers(this.message.json)))
        headers[name] = headerValue(value);
    }
    this.#token = credentials.token();
    if (this.#token !== undefined) headers.Authorization = `Bearer ${this.#token}`;
    if (key !== undefined) headers["Idempotency-Key"] = key;
    try {
      return await this.#read(await http.post(headers, this.message.text, this.#stop));
    } catch (error) {
      return fromError(error, config.site, config.timeoutMs);
    }
  }

  async #read(reply: Reply): Promise<Failure | undefined> {
    const { session, config } = this.#link;
    const { site } = config;
    const warning = session.newWarning(reply.header("x-mcp-version-warning"));
    if (warning !== undefined) note(warning);
    if (reply.status < 200 || reply.status > 299) {
      return fromStatus(reply, await readAll(reply), site, this.#token !== undefined);
    }
    if (this.id === undefined) {
      reply.discard();
      return undefined;
    }
    const type = reply.header("content-type") ?? "";
    if (type.startsWith("text/event-stream")) return this.#readStream(reply);
    if (!type.startsWith("application/json")) {
      reply.discard();
      return notMcp(reply, site);
    }
    return this.#relay(await readAll(reply), reply) && this.#answered ? undefined : notMcp(reply, site);
  }

  async #readStream(reply: Reply): Promise<Failure | undefined> {
    reply.allowSilence(STREAM_SILENCE_MS);
    let sound = true;
    const parser = new SseParser((data) => {
      sound &&= this.#relay(data, reply);
    });
    await reply.read((text) => parser.push(text));
    if (!sound) return notMcp(reply, this.#link.config.site);
    return this.#answered ? undefined : endedEarly(this.#link.config.site, this.#ended);
  }

  /** Passes on the message or messages in `text`; false when it holds something else. */
  #relay(text: string, reply: Reply): boolean {
    let value: unknown;
    try {
      value = JSON.parse(text);
    } catch {
      return false;
    }
    const parts = Array.isArray(value) ? value : [value];
    if (!parts.every(isMessage)) return false;
    for (const part of parts)
      this.#relayOne(part, parts.length === 1 && part === value ? text : undefined, reply);
    return true;
  }

  #relayOne(json: Json, text: string | undefined, reply: Reply): void {
    if (this.#stop.stopped) return;
    this.#relayed = true;
    if (!isResponse(json) || json.id !== this.id) {
      const seen = this.#subscription?.received(json) ?? [json];
      for (const part of seen) {
        this.#sink.message(part === json && text !== undefined ? text : JSON.stringify(part));
      }
      return;
    }
    if (this.#subscription?.lasting && "result" in json) {
      this.#ended = json;
      return;
    }
    if (this.method === "initialize") this.#link.session.begin(json, reply.header("mcp-session-id"));
    const asText = text ?? JSON.stringify(json);
    this.#answer(this.#takeIn(json, asText) ? JSON.stringify(json) : asText);
  }

  /** Keeps what an answer holds for this client itself. True when that changed the answer. */
  #takeIn(json: Json, text: string): boolean {
    if (this.method === "tools/call") return this.#link.credentials.adopt(json);
    return this.#isStatelessly("tools/list") && this.#link.mirror.learn(json, text);
  }

  #isStatelessly(method: string): boolean {
    return this.method === method && statedVersion(this.message.json) !== undefined;
  }

  #answer(json: string): void {
    if (this.#answered) return;
    this.#answered = true;
    this.#sink.answer(json);
  }

  #giveUp(failure: Failure): void {
    if (this.id === undefined) {
      note(`the server did not take ${this.method ?? "a response"} (${failure.status ?? "no answer"}).`);
      return;
    }
    if (failure.own && !this.#explains(failure)) {
      this.#answer(JSON.stringify({ ...failure.own, id: this.id }));
      return;
    }
    const text = sentence(failure, this.method === "tools/call");
    this.#answer(JSON.stringify(failureResponse(this.message.json, this.id, text)));
  }

  /** A call's trouble with keys, limits and outages is told to the model as a tool error it can read. */
  #explains({ status = 0 }: Failure): boolean {
    return this.method === "tools/call" && (status === 401 || status === 429 || status >= 500);
  }
}
