// Everything between the two ends: which messages are under way, in what order, and how they stop.

import { Exchange } from "./exchange.ts";
import {
  CLIENT_FAILURE,
  errorResponse,
  type Id,
  INVALID_REQUEST,
  isMessage,
  isObject,
  isResponse,
  type Message,
  methodOf,
  PARSE_ERROR,
  paramsOf,
  statedVersion,
} from "./jsonrpc.ts";
import type { Link, Sink } from "./link.ts";
import { note } from "./stdio.ts";

export class Pipe {
  readonly #requests = new Map<Id, Exchange>();
  readonly #running = new Set<Promise<void>>();
  /** What must be answered before anything later may go out: a handshake. */
  #gate: Promise<void> | undefined;

  readonly #link: Link;
  readonly #write: (json: string) => void;

  constructor(link: Link, write: (json: string) => void) {
    this.#link = link;
    this.#write = write;
  }

  receive(line: string): void {
    let value: unknown;
    try {
      value = JSON.parse(line);
    } catch {
      this.#refuse(null, PARSE_ERROR, "This line is not JSON: send one JSON-RPC message per line.");
      return;
    }
    if (Array.isArray(value) && value.length > 0) this.#receiveBatch(value);
    else this.#start(value, line, { answer: this.#write, message: this.#write });
  }

  receiveTooLong(): void {
    this.#refuse(null, INVALID_REQUEST, "This message is larger than 16 MiB: send less at a time.");
  }

  /** Waits until what is under way is done, but not longer than `ms`; streams that never end are closed. */
  async drain(ms: number): Promise<void> {
    for (const exchange of this.#requests.values()) {
      if (exchange.method === "subscriptions/listen") exchange.cancel();
    }
    let timer: NodeJS.Timeout | undefined;
    const limit = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, ms);
    });
    await Promise.race([Promise.all(this.#running), limit]);
    clearTimeout(timer);
  }

  /** Parts travel one by one, since each call needs its own idempotency key; the answers go back together. */
  #receiveBatch(parts: unknown[]): void {
    const answers: string[] = [];
    const sink: Sink = { answer: (json) => answers.push(json), message: this.#write };
    const all = parts.map((part) => this.#start(part, JSON.stringify(part), sink));
    this.#track(
      Promise.all(all).then(() => {
        if (answers.length > 0) this.#write(`[${answers.join(",")}]`);
      }),
    );
  }

  #start(json: unknown, text: string, sink: Sink): Promise<void> | undefined {
    if (!isMessage(json) || !(methodOf(json) !== undefined || isResponse(json))) {
      const id =
        isObject(json) && (typeof json.id === "string" || typeof json.id === "number") ? json.id : null;
      const refusal = errorResponse(
        id,
        INVALID_REQUEST,
        'This is not a JSON-RPC message: it needs "jsonrpc": "2.0" and a method.',
      );
      sink.answer(JSON.stringify(refusal));
      return undefined;
    }
    const message: Message = { json, text };
    if (json.method === "notifications/cancelled" && !this.#cancel(message)) return undefined;
    const exchange = new Exchange(this.#link, message, sink);
    const done = this.#run(exchange, sink);
    this.#track(done);
    if (this.#opens(exchange)) {
      const gate = done.then(() => {
        if (this.#gate === gate) this.#gate = undefined;
      });
      this.#gate = gate;
    }
    return done;
  }

  /** Stops the request it names. True when the server, too, has to be told with a message. */
  #cancel({ json }: Message): boolean {
    const exchange = this.#requests.get(paramsOf(json).requestId as Id);
    exchange?.cancel();
    // Since 2026-07-28 the closed connection is the whole signal.
    return (
      this.#link.session.initialized && !(exchange && statedVersion(exchange.message.json) !== undefined)
    );
  }

  /** Whether later messages must wait for this one, as they would on a client's own HTTP connection. */
  #opens({ method }: Exchange): boolean {
    return method === "initialize" || (method === "notifications/initialized" && this.#link.session.stateful);
  }

  async #run(exchange: Exchange, sink: Sink): Promise<void> {
    const { id } = exchange;
    if (id !== undefined) this.#requests.set(id, exchange);
    try {
      if (this.#gate && exchange.method !== "notifications/cancelled") await this.#gate;
      await exchange.run();
    } catch (error) {
      note(`internal error: ${error instanceof Error ? error.name : "unknown"}.`);
      if (id === undefined) return;
      const text = "The Humans2AI client failed on this message: report it, with what you asked for.";
      sink.answer(JSON.stringify(errorResponse(id, CLIENT_FAILURE, text)));
    } finally {
      if (id !== undefined && this.#requests.get(id) === exchange) this.#requests.delete(id);
    }
  }

  #track(work: Promise<void>): void {
    this.#running.add(work);
    void work.finally(() => this.#running.delete(work));
  }

  #refuse(id: Id | null, code: number, message: string): void {
    this.#write(JSON.stringify(errorResponse(id, code, message)));
  }
}
