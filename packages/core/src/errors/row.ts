/** What one refusal consists of. */

export type Facts = Record<string, unknown>;

export interface ErrorRow {
  http: 400 | 401 | 403 | 404 | 405 | 409 | 413 | 415 | 429 | 500 | 503;
  /** Whether trying the same again can help. */
  retry: boolean;
  /** One sentence that says what to do. */
  say: (facts: Facts) => string;
}

export const list = (value: unknown) => (Array.isArray(value) ? value.join(", ") : String(value));
