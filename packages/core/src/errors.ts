/**
 * Every expected failure of the product. One row is one refusal: its HTTP status, whether trying again can help,
 * and one sentence that says what to do. Codes named in the public contract keep their names.
 */

export type Facts = Record<string, unknown>;

interface ErrorRow {
  http: 400 | 401 | 403 | 404 | 405 | 409 | 413 | 415 | 429 | 500 | 503;
  retry: boolean;
  say: (facts: Facts) => string;
}

const list = (value: unknown) => (Array.isArray(value) ? value.join(", ") : String(value));

export const errors = {
  VALIDATION_ERROR: { http: 400, retry: false, say: (f) => String(f.message ?? "The input is not valid.") },
  MCP_ERROR: { http: 400, retry: false, say: (f) => String(f.message ?? "The request is not a tool call.") },
  IDEMPOTENCY_KEY_REQUIRED: {
    http: 400,
    retry: false,
    say: (f) =>
      `${f.tool} moves money, so it needs an Idempotency-Key header: a unique string per request, reused only when you retry that request.`,
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
  FORBIDDEN: {
    http: 403,
    retry: false,
    say: (f) => {
      if (f.permission) return `This credential lacks the ${f.permission} permission.`;
      if (f.roles) return `Only ${list(f.roles)} accounts can do this.`;
      return String(f.message ?? "You are not allowed to do this.");
    },
  },
  TASK_NOT_FOUND: { http: 404, retry: false, say: (f) => `Task "${f.taskId}" not found` },
  FILE_NOT_FOUND: { http: 404, retry: false, say: (f) => `File "${f.fileId}" not found` },
  KEY_NOT_FOUND: { http: 404, retry: false, say: (f) => `API key "${f.keyId}" not found` },
  TOO_MANY_KEYS: {
    http: 409,
    retry: false,
    say: (f) => `An account has at most ${f.max} live API keys. Revoke one that you no longer use.`,
  },
  CHAT_FULL: {
    http: 409,
    retry: false,
    say: (f) => `This chat holds its ${f.max} messages; no more can be sent.`,
  },
  TOO_MANY_FILES: {
    http: 409,
    retry: false,
    say: (f) =>
      `You have ${f.max} uploaded files that belong to no proof yet. Submit them, or wait a day until they are cleared.`,
  },
  NOT_FOUND: { http: 404, retry: false, say: (f) => `Nothing is served at ${f.path}.` },
  METHOD_NOT_ALLOWED: {
    http: 405,
    retry: false,
    say: (f) => `${f.method} is not served here; use ${f.use}.`,
  },
  INVALID_STATUS: {
    http: 409,
    retry: false,
    say: (f) =>
      `The task is ${f.status}; this needs ${list(f.allowed)}. Call get_task to see where it stands.`,
  },
  DEADLINE_PASSED: {
    http: 409,
    retry: false,
    say: (f) => `The time for this ended at ${f.at}; the task (${f.status}) is about to move on by itself.`,
  },
  NOT_DUE: {
    http: 409,
    retry: true,
    say: (f) => `The clock has nothing to do for this task before ${f.at}.`,
  },
  INSUFFICIENT_BALANCE: {
    http: 409,
    retry: false,
    say: (f) =>
      `The wallet holds ${f.balance} $A9, this task needs ${f.needed} $A9. Lower the budget or add funds.`,
  },
  RISK_GATE_BLOCKED: {
    http: 400,
    retry: false,
    say: (f) => `This task cannot be posted (${f.category}): ${f.advice}`,
  },
  NO_PENDING_APPLICATION: {
    http: 409,
    retry: false,
    say: (f) =>
      `There is no pending application from ${f.humanId} for this task. Call list_applicants for the current list.`,
  },
  NO_LOCKED_ESCROW: { http: 409, retry: false, say: () => "No locked escrow was found for this task." },
  REASON_TOO_SHORT: {
    http: 400,
    retry: false,
    say: (f) => `The reason is too short (min ${f.min} characters): say what is missing and how to mend it.`,
  },
  CONTENT_TOO_LONG: {
    http: 400,
    retry: false,
    say: (f) => `The message exceeds the ${f.max} character limit.`,
  },
  NOT_ASSIGNED: {
    http: 409,
    retry: false,
    say: () =>
      "Nobody is assigned to this task yet, so there is no one to write to. Select an applicant first.",
  },
  ALREADY_APPLIED: { http: 409, retry: false, say: () => "You have already applied for this task." },
  APPLICATIONS_FULL: {
    http: 409,
    retry: false,
    say: (f) => `This task takes no more than ${f.max} applications.`,
  },
  CONFIRMATION_REQUIRED: {
    http: 403,
    retry: false,
    say: (f) =>
      `${f.tool} needs a confirmation here. Call request_confirmation with the same parameters, show its message to your user, and pass the confirmationToken.`,
  },
  CONFIRMATION_INVALID: {
    http: 400,
    retry: false,
    say: (f) => `The confirmationToken ${f.why}. Call request_confirmation again.`,
  },
  FILE_TOO_LARGE: { http: 413, retry: false, say: (f) => `The file is larger than ${f.max}.` },
  FILE_TYPE_REFUSED: {
    http: 415,
    retry: false,
    say: (f) => `Files of type ${f.type} are not accepted. Send ${f.accepted}.`,
  },
  CONFLICT: {
    http: 409,
    retry: true,
    say: () => "Someone else is changing this right now. Try again in a moment.",
  },
  RATE_LIMITED: {
    http: 429,
    retry: true,
    say: (f) => `Too many requests (${f.limit} per hour). Try again in ${f.retryAfter} seconds.`,
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
    say: () =>
      "The service cannot reach its database right now. Try again shortly, with the same Idempotency-Key if you sent one.",
  },
} as const satisfies Record<string, ErrorRow>;

export type ErrorCode = keyof typeof errors;
export const isErrorCode = (code: string): code is ErrorCode => Object.hasOwn(errors, code);

/** An expected failure: the closed list above with the facts of this case. Anything else thrown is a bug. */
export class Refusal extends Error {
  readonly code: ErrorCode;
  readonly facts: Facts;
  constructor(code: ErrorCode, facts: Facts = {}) {
    super(errors[code].say(facts));
    this.name = "Refusal";
    this.code = code;
    this.facts = facts;
  }
  /** By name, not by class: the pages' bundle carries its own copy of this module. */
  static override [Symbol.hasInstance](value: unknown): boolean {
    return value instanceof Error && value.name === "Refusal";
  }
  get http(): number {
    return errors[this.code].http;
  }
  get retry(): boolean {
    return errors[this.code].retry;
  }
}
