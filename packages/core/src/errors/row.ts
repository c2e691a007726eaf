/** What one refusal consists of. */

export type Facts = Record<string, unknown>;

export interface ErrorRow {
  http: 400 | 401 | 403 | 404 | 405 | 409 | 413 | 415 | 429 | 500 | 503;
  /** Whether trying the same again can help. */
  retry: boolean;
  /** One sentence: what is the matter and, where its words are not the contract's, what to do. */
  say: (facts: Facts) => string;
  /** What an agent does next, where the sentence does not say it. A model is told both. */
  next?: string;
}

export const list = (value: unknown) => (Array.isArray(value) ? value.join(", ") : String(value));

// What a caller sent may be a secret that went astray, and an error travels: to logs, to a model, to a screen. So a
// sentence repeats only what is an id or a word. (A password has a digit and 8 characters: `fields.ts`. A token has its shape: `redact.ts`.)

/** An id as a sentence may repeat it. */
export const echoId = (value: unknown): string =>
  /^[a-z]+_\w{1,64}$/.test(String(value)) ? String(value) : "…";

/** By chance a token has no digit, and looks like a word. */
const TOKEN = /^(sk_(live|test)|whsec|rt|ctk|ml|oat|ort|oac|oab)_.{20}/;

/** The name of a tool or field, as far as it is a word or short. */
export const echoName = (name: string): string =>
  !TOKEN.test(name) && /^([A-Za-z_.\-[\]]{1,60}|[\w.-]{1,7})$/.test(name) ? name : "…";

export const echoPath = (path: unknown): string =>
  String(path)
    .split("/")
    .map((part) => (part === "" || part === "v1" ? part : echoName(part)))
    .join("/");
