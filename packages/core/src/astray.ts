/** Secrets that went astray: a credential in a text that others will read is refused before it is kept. */

import { Refusal } from "./errors.ts";
import { holdsSecret } from "./redact.ts";

/** Fields that are there for a secret. */
const MEANT_FOR_IT = /(password|token)$/i;

/** Refuses an input, already decoded and so of bounded depth, of which a text holds an API key or a token of ours. */
export function refuseSecrets(value: unknown, path = ""): void {
  if (typeof value === "string") {
    if (!holdsSecret(value)) return;
    const message = "holds an API key or token, which others would read. Take it out, and revoke it";
    throw new Refusal("VALIDATION_ERROR", { message: `${path}: ${message}.`, fields: [{ path, message }] });
  }
  if (typeof value !== "object" || value === null || ArrayBuffer.isView(value)) return;
  for (const [name, one] of Object.entries(value)) {
    if (!MEANT_FOR_IT.test(name)) refuseSecrets(one, path ? `${path}.${name}` : name);
  }
}
