/** The contract's reply: `{result, error}`, with the status and headers that belong to it. */

import { randomUUID } from "node:crypto";
import { inspect } from "node:util";
import { type RateState, Refusal, redact, visible } from "@humans2ai/core";

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
  const { code, message, facts, http } = toRefusal(error);
  const extra: Record<string, string> = {};
  if (http === 429) {
    const [limit, reset] = [Number(facts.limit), Number(facts.retryAfter)];
    const state = { policy: String(facts.policy), limit, remaining: 0, reset };
    Object.assign(extra, rateHeaders(state), { "retry-after": String(reset) });
  }
  if (http === 401) extra["www-authenticate"] = challenge(code, facts);
  if (http === 405) extra.allow = String(facts.use);
  return {
    status: http,
    headers: { "content-type": JSON_TYPE, "cache-control": "no-store", ...headers, ...extra },
    body: JSON.stringify({ result: null, error: { code, message: visible(message) } }),
  };
}

/** As RFC 9470 has it: the credential is good, but its sign-in is too long ago. */
const challenge = (code: string, { minutes }: Refusal["facts"]) =>
  code === "FRESH_SIGN_IN_REQUIRED"
    ? `Bearer error="insufficient_user_authentication", max_age=${Number(minutes) * 60}`
    : "Bearer";

/** The one way into the log: whatever the error carries, secrets stay out. */
export function logFault(what: string, error: unknown): void {
  console.error(redact(`${what} ${inspect(error)}`));
}

/** What postgres.js and Postgres say when there is no database to talk to, or it is going away. */
const UNREACHABLE =
  /^(E(CONNREFUSED|CONNRESET|PIPE|HOSTUNREACH|NETUNREACH|TIMEDOUT|NOTFOUND|AI_AGAIN)|CONNECT_TIMEOUT|CONNECTION_\w+|08...|57P0[1-5]|53300)$/;

/** Expected failures as they are; everything else becomes INTERNAL_ERROR or UNAVAILABLE, and is logged. */
export function toRefusal(error: unknown): Refusal {
  if (error instanceof Refusal) return error;
  const id = randomUUID();
  logFault(`[${id}]`, error);
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  return new Refusal(UNREACHABLE.test(code) ? "UNAVAILABLE" : "INTERNAL_ERROR", { id });
}

/**
 * How the tightest limit of this request stands: in the fields of draft-ietf-httpapi-ratelimit-headers-11, and in those
 * of its older drafts, which clients know. The window slides: `reset` is when the first used requests come back.
 */
export function rateHeaders({ policy, limit, remaining, reset }: RateState): Record<string, string> {
  return {
    "ratelimit-policy": `"${policy}";q=${limit};w=3600`,
    ratelimit: `"${policy}";r=${remaining};t=${reset}`,
    "ratelimit-limit": String(limit),
    "ratelimit-remaining": String(remaining),
    "ratelimit-reset": String(reset),
  };
}
