/** Sends webhooks: to the public internet only, whatever a name resolves to at the moment it is connected to. */

import http from "node:http";
import https from "node:https";
import type { LookupFunction } from "node:net";
import {
  faultOfUrl,
  WEBHOOK_TIMEOUT_MS,
  type WebhookAnswer,
  type WebhookRequest,
  type WebhookSender,
} from "@humans2ai/core/setup";
import { guardedLookup, REFUSED, type Resolve, resolveByDns } from "./public-lookup.ts";

export interface SenderOptions {
  /** For development: plain http, private addresses, any port. */
  allowPrivate: boolean;
  resolve?: Resolve;
  /** Further certificate authorities to trust. */
  ca?: string;
  timeoutMs?: number;
}

/** What is read of an answer; then the connection is closed. */
const MOST_READ = 64 * 1024;
const MOST_KEPT = 4096;

export function webhookSender(options: SenderOptions): WebhookSender {
  const { allowPrivate, resolve = resolveByDns, timeoutMs = WEBHOOK_TIMEOUT_MS } = options;
  const lookup = guardedLookup(resolve, allowPrivate);
  return (request, signal) =>
    new Promise<WebhookAnswer>((settle) => {
      // Looked at again: the setting may be stricter than when the webhook was made. Literals are never looked up.
      const wrong = faultOfUrl(request.url, allowPrivate);
      if (wrong) return settle({ status: null, error: `The address ${wrong}.` });
      const call = openCall(request, lookup, options.ca);
      const finish = (answer: WebhookAnswer) => {
        clearTimeout(timer);
        signal.removeEventListener("abort", stop);
        settle(answer);
        call.destroy();
      };
      const fail = (error: string) => finish({ status: null, error });
      const timer = setTimeout(() => fail(`No complete answer within ${timeoutMs / 1000} s.`), timeoutMs);
      const stop = () => fail("The attempt was broken off.");
      call.on("error", (error: NodeJS.ErrnoException) => fail(sayError(error)));
      if (signal.aborted) return stop();
      signal.addEventListener("abort", stop);
      call.on("response", (answer) => readAnswer(answer, finish, fail));
      call.end(request.body);
    });
}

function openCall({ url, headers, body }: WebhookRequest, lookup: LookupFunction, ca: string | undefined) {
  const secure = new URL(url).protocol === "https:";
  return (secure ? https : http).request(url, {
    method: "POST",
    headers: { ...headers, accept: "*/*", "content-length": Buffer.byteLength(body) },
    lookup,
    // No connection is kept: each is made to an address that was checked for it.
    agent: false,
    ...(secure && ca ? { ca } : {}),
  });
}

/** Reads the beginning of an answer; what is compressed stays so, and is not shown. */
function readAnswer(
  answer: http.IncomingMessage,
  finish: (answer: WebhookAnswer) => void,
  fail: (error: string) => void,
) {
  const chunks: Buffer[] = [];
  let read = 0;
  const done = () => {
    const plain = answer.headers["content-encoding"] === undefined;
    const body = plain ? Buffer.concat(chunks).subarray(0, MOST_KEPT).toString("utf8") : "";
    finish({ status: answer.statusCode ?? 0, body, retryAfter: answer.headers["retry-after"] ?? null });
  };
  answer.on("data", (chunk: Buffer) => {
    if (read < MOST_KEPT) chunks.push(chunk);
    read += chunk.length;
    if (read >= MOST_READ) done();
  });
  answer.on("end", done);
  answer.on("error", (error: NodeJS.ErrnoException) => fail(sayError(error)));
}

function sayError({ code = "", message }: NodeJS.ErrnoException): string {
  if (code === REFUSED) return "The name leads to an address that is not public; nothing was sent.";
  if (/^E(NOTFOUND|NODATA|SERVFAIL|TIMEOUT|REFUSED)$/.test(code)) return `The name was not found (${code}).`;
  if (/CERT|SELF_SIGNED|ISSUER|ALTNAME|^ERR_(TLS|SSL)|^EPROTO/.test(code)) {
    return `The TLS certificate or handshake was refused (${code}).`;
  }
  return `The connection failed (${(code || message).slice(0, 80)}).`;
}
