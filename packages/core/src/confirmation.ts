import { createHash } from "node:crypto";
import { canonical } from "./codecs.ts";

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

/** The parameters that a confirmation is bound to, in any order: all but the token itself, and how long a reply may take. */
export function paramsHash(tool: string, params: Record<string, unknown>): Uint8Array {
  const { confirmationToken: _, waitSeconds: __, ...rest } = params;
  return createHash("sha256")
    .update(canonical([tool, rest]))
    .digest();
}
