// POST and nothing else, over kept-alive connections. node:http itself: fetch would cost 20 ms at start.

import http from "node:http";
import type { Stop } from "./retry.ts";
import { TooLargeError } from "./sse.ts";
import { MAX_MESSAGE_BYTES } from "./stdio.ts";

export interface Reply {
  status: number;
  header(name: string): string | undefined;
  /** How long the server may be silent from here on; 0 = for ever. */
  allowSilence(ms: number): void;
  /** Hands over the body as it comes. */
  read(onText: (text: string) => void): Promise<void>;
  discard(): void;
}

/** The exchange broke off. `sent` is false when the server cannot have seen the request. */
export class NetworkError extends Error {
  readonly code: string;
  readonly sent: boolean;

  constructor(code: string, sent: boolean) {
    super(code);
    this.code = code;
    this.sent = sent;
  }
}

export const TIMED_OUT = "TIMED_OUT";

const NEVER_SENT =
  /^(ECONNREFUSED|ENOTFOUND|EAI_|EHOSTUNREACH|ENETUNREACH|EPROTO|ERR_TLS|CERT_|UNABLE_TO_|SELF_SIGNED|DEPTH_ZERO)/;
const AGENT = { keepAlive: true, maxSockets: 128, autoSelectFamily: true };

type Client = { request: typeof http.request; agent: http.Agent };

export class Http {
  #client: Client | undefined;
  readonly #endpoint: URL;
  readonly #timeoutMs: number;

  constructor(endpoint: URL, timeoutMs: number) {
    this.#endpoint = endpoint;
    this.#timeoutMs = timeoutMs;
  }

  async post(headers: Record<string, string>, body: string, stop: Stop): Promise<Reply> {
    this.#client ??= await openClient(this.#endpoint);
    const { request, agent } = this.#client;
    const bytes = Buffer.from(body);
    return new Promise((resolve, reject) => {
      let timedOut = false;
      const failed = (error: NodeJS.ErrnoException) => {
        const code = timedOut ? TIMED_OUT : (error.code ?? "ECONNRESET");
        return new NetworkError(code, !NEVER_SENT.test(code));
      };
      const all = { ...headers, "Content-Length": String(bytes.length) };
      const req = request(this.#endpoint, { method: "POST", headers: all, agent });
      stop.watch(() => req.destroy());
      req.setTimeout(this.#timeoutMs, () => {
        timedOut = true;
        req.destroy();
      });
      req.on("error", (error) => reject(failed(error)));
      req.on("response", (res) => resolve(new NodeReply(req, res, failed)));
      req.end(bytes);
    });
  }
}

/** node:https brings TLS with it: loaded only when the address asks for it. */
async function openClient(endpoint: URL): Promise<Client> {
  if (endpoint.protocol === "http:") return { request: http.request, agent: new http.Agent(AGENT) };
  const https = await import("node:https");
  return { request: https.request, agent: new https.Agent(AGENT) };
}

class NodeReply implements Reply {
  readonly status: number;
  readonly #req: http.ClientRequest;
  readonly #res: http.IncomingMessage;
  readonly #failed: (error: NodeJS.ErrnoException) => NetworkError;

  constructor(
    req: http.ClientRequest,
    res: http.IncomingMessage,
    failed: (error: NodeJS.ErrnoException) => NetworkError,
  ) {
    this.#req = req;
    this.#res = res;
    this.#failed = failed;
    this.status = res.statusCode ?? 0;
  }

  header(name: string): string | undefined {
    const value = this.#res.headers[name];
    return Array.isArray(value) ? value[0] : value;
  }

  allowSilence(ms: number): void {
    this.#req.setTimeout(ms);
  }

  read(onText: (text: string) => void): Promise<void> {
    const res = this.#res;
    return new Promise((resolve, reject) => {
      res.setEncoding("utf8");
      res.on("error", (error) => reject(this.#failed(error)));
      res.on("end", resolve);
      res.on("data", (text: string) => {
        try {
          onText(text);
        } catch (error) {
          reject(error);
          res.destroy();
        }
      });
    });
  }

  discard(): void {
    // A broken connection does not matter any more once the body is unwanted.
    this.#res.on("error", () => undefined);
    this.#res.resume();
  }
}

export async function readAll(reply: Reply): Promise<string> {
  let text = "";
  await reply.read((chunk) => {
    text += chunk;
    if (text.length > MAX_MESSAGE_BYTES) throw new TooLargeError();
  });
  return text;
}
