/** Refusals about accounts, credentials and API keys. */

import type { ErrorRow } from "./row.ts";

export const accountErrors = {
  UNAUTHORIZED: {
    http: 401,
    retry: false,
    say: (f) =>
      String(
        f.message ??
          "Missing or invalid credential. Over MCP: set API_KEY, or call register or login first. Over HTTP: send Authorization: Bearer sk_live_… or an idToken.",
      ),
  },
  AUTH_FAILED: { http: 401, retry: false, say: () => "Invalid email or password." },
  USER_NOT_FOUND: { http: 404, retry: false, say: () => "This account was not found." },
  USER_SUSPENDED: {
    http: 403,
    retry: false,
    say: () => "This account has been suspended. Contact support to have it reviewed.",
  },
  EMAIL_EXISTS: {
    http: 409,
    retry: false,
    say: () => "This email is already registered. Log in instead, or use another email.",
  },
  WEAK_PASSWORD: {
    http: 400,
    retry: false,
    say: () => "The password needs 8 to 200 characters with at least one letter and one number.",
  },
  INVALID_EMAIL: { http: 400, retry: false, say: () => "This is not a valid email address." },
  KEY_NOT_FOUND: { http: 404, retry: false, say: (f) => `API key "${f.keyId}" not found` },
  TOO_MANY_KEYS: {
    http: 409,
    retry: false,
    say: (f) => `An account has at most ${f.max} live API keys. Revoke one that you no longer use.`,
  },
} as const satisfies Record<string, ErrorRow>;
