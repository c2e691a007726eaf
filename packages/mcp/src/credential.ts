// The key in use. The server may hand over another one (after a sign-up or a login) in a result's `_meta`.

import { isHeaderToken } from "./config.ts";
import { isObject, type Json } from "./jsonrpc.ts";

export const CREDENTIAL_KEY = "com.humans2ai/credential";
/** A bearer this close to its end is not used any more: the call must arrive before it. */
const MARGIN_MS = 30_000;

export class Credentials {
  #bearer: { token: string; until: number } | undefined;
  #standing: string | undefined;

  readonly #now: () => number;

  constructor(apiKey: string | undefined, now: () => number = Date.now) {
    this.#now = now;
    this.#standing = apiKey;
  }

  /** What goes into the Authorization header now, if anything. */
  token(): string | undefined {
    if (this.#bearer && this.#now() >= this.#bearer.until) this.#bearer = undefined;
    return this.#bearer?.token ?? this.#standing;
  }

  /** Takes a hand-over out of a response and keeps it. True when the response was changed. */
  adopt(response: Json): boolean {
    const result = response.result;
    if (!isObject(result) || !isObject(result._meta) || !(CREDENTIAL_KEY in result._meta)) return false;
    const offer = result._meta[CREDENTIAL_KEY];
    delete result._meta[CREDENTIAL_KEY];
    if (Object.keys(result._meta).length === 0) delete result._meta;
    if (!isObject(offer)) return true;
    if (isToken(offer.fallback)) this.#standing = offer.fallback;
    if (isToken(offer.bearer)) {
      const end = typeof offer.expiresAt === "string" ? Date.parse(offer.expiresAt) : Number.NaN;
      this.#bearer = { token: offer.bearer, until: Number.isNaN(end) ? Infinity : end - MARGIN_MS };
    }
    return true;
  }

  /** The server refused `token`. True when there is another one to try instead. */
  refused(token: string | undefined): boolean {
    if (token !== undefined && this.#bearer?.token === token) this.#bearer = undefined;
    const next = this.token();
    return next !== undefined && next !== token;
  }
}

function isToken(value: unknown): value is string {
  return typeof value === "string" && isHeaderToken(value);
}
