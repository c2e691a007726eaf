/** The contract's webhook signature, version 2. */

import { createHmac } from "node:crypto";

/** `t=<milliseconds>,v1=<hex>`, with one v1 for each secret: while one is replaced, receivers know either. */
export function signatureHeader(secrets: readonly string[], at: Date, body: string): string {
  const t = at.getTime();
  const signed = secrets.map((s) => createHmac("sha256", s).update(`v1:${t}:${body}`).digest("hex"));
  return [`t=${t}`, ...signed.map((v1) => `v1=${v1}`)].join(",");
}
