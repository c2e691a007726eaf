// A real HTTP server that plays the remote edge, faults and all.

import http, { type IncomingHttpHeaders, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

export type Json = Record<string, unknown>;

export interface Seen {
  /** 1 for the first request this edge got, and so on. */
  number: number;
  path: string;
  headers: IncomingHttpHeaders;
  text: string;
  json: Json;
  at: number;
  /** Resolves when the client has closed the connection before the reply was done. */
  dropped: Promise<void>;
}

export type Handler = (seen: Seen, res: ServerResponse) => void | Promise<void>;

export class Edge {
  readonly seen: Seen[] = [];
  handler: Handler;
  /** How many connections clients have opened so far. */
  connections = 0;
  readonly #server = http.createServer((req, res) => void this.#take(req, res));
  #waiting: { count: number; resolve: () => void }[] = [];

  private constructor(handler: Handler) {
    this.handler = handler;
    this.#server.on("connection", () => this.connections++);
  }

  static async start(handler: Handler, port = 0): Promise<Edge> {
    const edge = new Edge(handler);
    await new Promise<void>((resolve) => edge.#server.listen(port, "127.0.0.1", resolve));
    return edge;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** Resolves once that many requests have come in. */
  arrived(count: number): Promise<void> {
    if (this.seen.length >= count) return Promise.resolve();
    return new Promise((resolve) => this.#waiting.push({ count, resolve }));
  }

  async stop(): Promise<void> {
    const closed = new Promise((resolve) => this.#server.close(resolve));
    this.#server.closeAllConnections();
    await closed;
  }

  async #take(req: http.IncomingMessage, res: ServerResponse): Promise<void> {
    const parts: Buffer[] = [];
    for await (const part of req) parts.push(part as Buffer);
    const text = Buffer.concat(parts).toString();
    const dropped = new Promise<void>((resolve) => {
      res.once("close", () => {
        if (!res.writableFinished) resolve();
      });
    });
    const seen: Seen = {
      number: this.seen.length + 1,
      path: req.url ?? "",
      headers: req.headers,
      text,
      json: JSON.parse(text) as Json,
      at: Date.now(),
      dropped,
    };
    this.seen.push(seen);
    for (const { count, resolve } of this.#waiting) if (this.seen.length >= count) resolve();
    await this.handler(seen, res);
  }
}

export function sendJson(
  res: ServerResponse,
  body: unknown,
  status = 200,
  headers: Record<string, string> = {},
): void {
  res.writeHead(status, { "content-type": "application/json", ...headers }).end(JSON.stringify(body));
}

/** The plain good answer: a result for a request, 202 for the rest. */
export function sendResult(seen: Seen, res: ServerResponse, result: unknown = { ok: true }): void {
  if (seen.json.id === undefined || seen.json.method === undefined) res.writeHead(202).end();
  else sendJson(res, { jsonrpc: "2.0", id: seen.json.id, result });
}

export function openStream(res: ServerResponse): void {
  res.writeHead(200, { "content-type": "text/event-stream" }).flushHeaders();
}
