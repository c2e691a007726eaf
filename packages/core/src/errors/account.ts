/** Refusals about accounts, credentials and API keys. */

import { type ErrorRow, echoId } from "./row.ts";

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
  AUTH_FAILED: {
    http: 401,
    retry: false,
    say: (f) => String(f.message ?? "Invalid email or password."),
    next: "Ask your user for the right ones; request_password_reset mails a link to set a new password.",
  },
  USER_NOT_FOUND: {
    http: 404,
    retry: false,
    say: () => "This account was not found.",
    next: "Check the id, or call register to make an account of your own.",
  },
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
  EMAIL_NOT_VERIFIED: {
    http: 403,
    retry: false,
    say: () =>
      "The owner of this account has not confirmed its email address yet, so it can have nobody mailed.",
    next: "Ask your user to open the link in our mail; request_email_verification, or /account, sends another.",
  },
  WEAK_PASSWORD: {
    http: 400,
    retry: false,
    say: (f) =>
      f.common
        ? "This password is one of the most common ones, which are guessed first. Choose another."
        : "The password needs 8 to 200 characters with at least one letter and one number.",
    next: "Ask your user for one.",
  },
  INVALID_EMAIL: {
    http: 400,
    retry: false,
    say: () => "This is not a valid email address.",
    next: "Send one of the form name@example.com.",
  },
  LINK_INVALID: {
    http: 400,
    retry: false,
    say: () => "This link is no longer good: it was used already, or its time is over. Ask for a new one.",
  },
  FRESH_SIGN_IN_REQUIRED: {
    http: 401,
    retry: false,
    say: (f) =>
      `This needs a sign-in of the last ${f.minutes} minutes. Call login again and use its idToken; a refreshed one does not count.`,
  },
  KEY_NOT_FOUND: {
    http: 404,
    retry: false,
    say: (f) => `API key "${echoId(f.keyId)}" not found`,
    next: "Call list_api_keys for the ids of yours.",
  },
  KEY_ENDED: {
    http: 409,
    retry: false,
    say: (f) => `This API key has ${f.why}, which is for good. Make a new one.`,
  },
  SPENDING_CAP_EXCEEDED: {
    http: 403,
    retry: false,
    say: (f) =>
      f.cap === "maxPerTask"
        ? `This API key may lock at most ${f.max} $A9 per task; this task needs ${f.budget} $A9.`
        : `This API key may lock at most ${f.max} $A9 in 24 hours; it has locked ${f.spent} $A9, and this task needs ${f.budget} $A9. Wait, or ask the account's owner to raise the cap.`,
    next: "Lower the budget. Raising the cap is for the owner of the account, on /agent/keys.",
  },
  APP_REQUEST_NOT_FOUND: {
    http: 404,
    retry: false,
    say: () =>
      "This request is no longer open: it was answered, 30 minutes have passed, or it was begun in another browser. Go back to the app and connect again.",
    next: "Ask the person to connect again.",
  },
  CONNECTION_NOT_FOUND: {
    http: 404,
    retry: false,
    say: (f) => `App connection "${echoId(f.connectionId)}" not found`,
    next: "Check the id: list_apps names them.",
  },
  TOO_MANY_KEYS: {
    http: 409,
    retry: false,
    say: (f) => `An account has at most ${f.max} live API keys. Revoke one that you no longer use.`,
  },
} as const satisfies Record<string, ErrorRow>;
