/** Refusals of any request, whatever it asks for. */

import { type ErrorRow, echoId, echoPath, list } from "./row.ts";

export const requestErrors = {
  VALIDATION_ERROR: {
    http: 400,
    retry: false,
    say: (f) => String(f.message ?? "The input is not valid."),
    next: "Mend what is named and call again.",
  },
  MCP_ERROR: {
    http: 400,
    retry: false,
    say: (f) => String(f.message ?? "The request is not a tool call."),
    next: "Mend the request and send it again.",
  },
  IDEMPOTENCY_KEY_REQUIRED: {
    http: 400,
    retry: false,
    say: (f) =>
      `${f.tool} moves money, so it needs an Idempotency-Key header or an idempotencyKey argument: a unique string per request, reused only when you retry that request.`,
    next: "Call again with one.",
  },
  IDEMPOTENCY_KEY_REUSED: {
    http: 409,
    retry: false,
    say: () =>
      "This Idempotency-Key was already used for a different request. Use a new key for a new request; repeat the same body to get the first reply again.",
  },
  ALREADY_DONE: {
    http: 409,
    retry: false,
    say: (f) =>
      `This Idempotency-Key already did ${f.tool}, and its reply held a secret that is shown only once. Use a new key to do it again.`,
  },
  FORBIDDEN: {
    http: 403,
    retry: false,
    say: (f) => {
      if (f.permission)
        return `This credential lacks the ${f.permission} permission. The account's owner can give it to a key on /agent/keys.`;
      if (f.roles) return `Only ${list(f.roles)} accounts can do this.`;
      return String(f.message ?? "You are not allowed to do this.");
    },
    next: "Do not repeat it with this credential; tools/list shows what it may do.",
  },
  TOO_MANY_WAITING: {
    http: 409,
    retry: true,
    say: (f) => `${f.max} calls wait for this account's events already. Let one of them end first.`,
  },
  EVENT_NOT_FOUND: {
    http: 404,
    retry: false,
    say: (f) =>
      `No event of yours is "${echoId(f.eventId)}", or it is older than 30 days. list_events without \`after\` begins with the oldest that is kept.`,
  },
  NOT_FOUND: {
    http: 404,
    retry: false,
    say: (f) => `Nothing is served at ${echoPath(f.path)}.`,
    next: "Use POST /api/v1/mcp; GET /api/v1/openapi.json lists every address.",
  },
  METHOD_NOT_ALLOWED: {
    http: 405,
    retry: false,
    say: (f) => `${f.method} is not served here; use ${f.use}.`,
  },
  CONFLICT: {
    http: 409,
    retry: true,
    say: () => "Someone else is changing this right now. Try again in a moment.",
  },
  RATE_LIMITED: {
    http: 429,
    retry: true,
    say: (f) =>
      `Too many ${f.what ?? "requests"} (${f.limit} per hour). Try again in ${f.retryAfter} seconds.`,
  },
  INTERNAL_ERROR: {
    http: 500,
    retry: true,
    say: (f) =>
      `Something went wrong on our side, and it may or may not have been done. Repeat it with the same Idempotency-Key, or look first where things stand; quote ${f.id} if it persists.`,
  },
  UNAVAILABLE: {
    http: 503,
    retry: true,
    say: (f) =>
      String(
        f.message ??
          "The service cannot reach its database right now. Try again shortly, with the same Idempotency-Key if you sent one.",
      ),
  },
} as const satisfies Record<string, ErrorRow>;
