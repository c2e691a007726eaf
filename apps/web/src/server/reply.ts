/** The contract's reply: `{result, error}`, with the status and headers that belong to it. */

import { randomUUID } from "node:crypto";
import { type RateState, Refusal } from "@humans2ai/core";

export interface Reply {
  status: number;
  headers: Record<string, string>;
  body: string;
}

export const JSON_TYPE = "application/json; charset=utf-8";

export function okReply(result: unknown, headers: Record<string, string> = {}): Reply {
  return {
    status: 200,
    headers: { "content-type": JSON_TYPE, "cache-control": "no-store", ...headers },
    body: JSON.stringify({ result, error: null }),
  };
}

/** A failure as the contract shapes it. What was not expected is logged with an id, and only the id goes out. */
export function errorReply(error: unknown, headers: Record<string, string> = {}): Reply {
  const refusal = toRefusal(error);
  const { code, message, facts, http } = refusal;
  const extra: Record<string, string> = {};
  if (typeof facts.retryAfter === "number") extra["retry-after"] = String(facts.retryAfter);
  if (http === 401) extra["www-authenticate"] = "Bearer";
  const fields = Array.isArray(facts.fields) ? { fields: facts.fields } : {};
  return {
    status: http,
    headers: { "content-type": JSON_TYPE, "cache-control": "no-store", ...headers, ...extra },
    body: JSON.stringify({ result: null, error: { code, message, retryable: refusal.retry, ...fields } }),
  };
}

const UNREACHABLE = new Set([
  "ECONNREFUSED",
  "ECONNRESET",
  "CONNECTION_CLOSED",
  "CONNECTION_ENDED",
  "CONNECT_TIMEOUT",
  "57P01",
  "57P03",
]);

/** Expected failures as they are; everything else becomes INTERNAL_ERROR or UNAVAILABLE, and is logged. */
export function toRefusal(error: unknown): Refusal {
  if (error instanceof Refusal) return error;
  const id = randomUUID();
  console.error(`[${id}]`, error);
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  return new Refusal(UNREACHABLE.has(code) ? "UNAVAILABLE" : "INTERNAL_ERROR", { id });
}

export function rateHeaders(rate: RateState): Record<string, string> {
  return {
    "ratelimit-limit": String(rate.limit),
    "ratelimit-remaining": String(rate.remaining),
    "ratelimit-reset": "3600",
  };
}
