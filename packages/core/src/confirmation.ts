import { createHash } from "node:crypto";
import { canonical } from "./codecs.ts";
import type { ErrorCode } from "./errors.ts";

/** The financial tools: each needs an Idempotency-Key and may need a confirmation. A test holds them to `money: true`. */
export const moneyTools = [
  "create_task",
  "cancel_task",
  "select_applicant",
  "approve_submission",
  "reject_submission",
  "ask_human",
  "verify_output",
] as const;

/** What each of them may be refused for because money hangs on it. */
export const moneyRefusals = [
  "CONFIRMATION_REQUIRED",
  "CONFIRMATION_INVALID",
  "CONFIRMATION_PENDING",
  "CONFIRMATION_DECLINED",
  "IDEMPOTENCY_KEY_REQUIRED",
  "IDEMPOTENCY_KEY_REUSED",
] as const satisfies readonly ErrorCode[];

/** So many questions to the people of an account may be without an answer: confirmations, and approvals. */
export const MOST_UNANSWERED = 20;

/** What a confirmation and an Idempotency-Key are bound to, in any order: all parameters but these two themselves, and
 * how long the reply may take. */
export function paramsHash(tool: string, params: Record<string, unknown>): Uint8Array {
  const { confirmationToken: _, idempotencyKey: __, waitSeconds: ___, ...rest } = params;
  return createHash("sha256")
    .update(canonical([tool, rest]))
    .digest();
}
