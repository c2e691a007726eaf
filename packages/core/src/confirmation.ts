import { createHash } from "node:crypto";
import { canonical } from "./codecs.ts";

/** The financial tools: each needs an Idempotency-Key and may need a confirmation. A test holds them to `money: true`. */
export const moneyTools = [
  "create_task",
  "cancel_task",
  "select_applicant",
  "approve_submission",
  "reject_submission",
] as const;

/** What a confirmation and an Idempotency-Key are bound to: all parameters but these two themselves, in any order. */
export function paramsHash(tool: string, params: Record<string, unknown>): Uint8Array {
  const { confirmationToken: _, idempotencyKey: __, ...rest } = params;
  return createHash("sha256")
    .update(canonical([tool, rest]))
    .digest();
}
