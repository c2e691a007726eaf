// What can go wrong between here and the server, and the one sentence that says so.

import { NetworkError, type Reply, TIMED_OUT } from "./http.ts";
import { isMessage, isObject, type Json } from "./jsonrpc.ts";
import { parseRetryAfter } from "./retry.ts";
import { TooLargeError } from "./sse.ts";

export interface Failure {
  status?: number;
  what: string;
  advice: string;
  retryable: boolean;
  retryAfterMs?: number;
  /** The server may have done what was asked although no answer came. */
  maybeDone: boolean;
  /** The server's own JSON-RPC response, when it sent one. */
  own?: Json;
}

const CHECK_URL = "check HUMANS2AI_URL";
const MAY_BE_DONE = "the call may still have gone through, so check before repeating it";

export function sentence(failure: Failure, isCall: boolean): string {
  return `${failure.what}: ${isCall && failure.maybeDone ? MAY_BE_DONE : failure.advice}.`;
}

export function fromError(error: unknown, site: string, timeoutMs: number): Failure {
  if (error instanceof TooLargeError) {
    const what = `The answer from ${site} is larger than 16 MiB`;
    return { what, advice: "ask for less at a time", retryable: false, maybeDone: true };
  }
  if (!(error instanceof NetworkError)) throw error;
  const common = { retryable: true, maybeDone: error.sent };
  if (error.code === TIMED_OUT) {
    const what = `${site} did not answer within ${timeoutMs / 1000} s`;
    return { ...common, what, advice: "try again later" };
  }
  if (error.sent) {
    const what = `The connection to ${site} broke before the answer came (${error.code})`;
    return { ...common, what, advice: "try again later" };
  }
  const what = `Could not reach ${site} (${error.code})`;
  return { ...common, what, advice: `${CHECK_URL} and that the server is running, then try again` };
}

/** `own` is how the server ended the stream, when it said so. */
export function endedEarly(site: string, own: Json | undefined): Failure {
  const what = `The connection to ${site} ended before the answer came`;
  return { what, advice: "try again later", retryable: true, maybeDone: true, ...(own ? { own } : {}) };
}

export function notMcp(reply: Reply, site: string): Failure {
  const type = reply.header("content-type")?.split(";")[0] ?? "no content";
  const what = `${site} did not answer like a Humans2AI server (HTTP ${reply.status}, ${plain(type, 60)})`;
  return { status: reply.status, what, advice: CHECK_URL, retryable: false, maybeDone: reply.status < 300 };
}

/** A reply whose status is not 2xx. */
export function fromStatus(reply: Reply, text: string, site: string, hadKey: boolean): Failure {
  const { status } = reply;
  const body = parse(text);
  const error = isObject(body) && isObject(body.error) ? body.error : undefined;
  const said = typeof error?.message === "string" ? plain(error.message, 300) : "";
  const base = {
    status,
    retryable: false,
    maybeDone: false,
    ...(error && isMessage(body) ? { own: body } : {}),
  };
  if (status === 401) return { ...base, ...unauthorized(site, said, hadKey) };
  if (status === 429 || status >= 500) return { ...base, ...busy(reply, said, site) };
  if (status >= 300 && status < 400) return { ...base, ...moved(reply, site) };
  if (status === 413)
    return {
      ...base,
      what: `${site} finds this message too large${inBrackets(said)}`,
      advice: "send less at a time",
    };
  if (!error) return { ...notMcp(reply, site), maybeDone: false };
  return {
    ...base,
    what: `${site} refused this (HTTP ${status}${said && `: ${said}`})`,
    advice: "change the request as it says",
  };
}

function unauthorized(site: string, said: string, hadKey: boolean) {
  return hadKey
    ? { what: `${site} did not accept the key${inBrackets(said)}`, advice: "check API_KEY, or log in again" }
    : {
        what: `${site} needs a key for this${inBrackets(said)}`,
        advice: "set API_KEY in the MCP configuration, or call register or login, which work without one",
      };
}

function busy(reply: Reply, said: string, site: string) {
  const retryAfterMs = parseRetryAfter(reply.header("retry-after"), Date.now());
  const later = retryAfterMs === undefined ? "later" : `in ${Math.ceil(retryAfterMs / 1000)} s`;
  const common = { retryable: true, ...(retryAfterMs === undefined ? {} : { retryAfterMs }) };
  return reply.status === 429
    ? { ...common, what: `${site} is limiting requests${inBrackets(said)}`, advice: `try again ${later}` }
    : {
        ...common,
        maybeDone: true,
        retryable: [500, 502, 503, 504].includes(reply.status),
        what: `${site} has a problem (HTTP ${reply.status}${said && `: ${said}`})`,
        advice: `try again ${later}`,
      };
}

/** Redirects are not followed: the key would travel to an address nobody chose. */
function moved(reply: Reply, site: string) {
  const to = reply.header("location") ?? "";
  const known = URL.canParse(to) ? ` to ${plain(new URL(to).origin, 100)}` : "";
  return {
    what: `${site} redirects${known} (HTTP ${reply.status})`,
    advice: "set HUMANS2AI_URL to the final address",
  };
}

function inBrackets(said: string): string {
  return said && ` (${said})`;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // Not JSON is an ordinary case here: a proxy's HTML page, for one.
    return undefined;
  }
}

function plain(text: string, limit: number): string {
  const line = text.replace(/[\p{C}\s]+/gu, " ").trim();
  return line.length > limit ? `${line.slice(0, limit)}…` : line.replace(/\.$/, "");
}
