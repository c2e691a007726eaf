/** Secrets that must be used again, not only compared: AES-256-GCM under a key derived from the product's secret. */

import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from "node:crypto";

const NONCE = 12;
const TAG = 16;

const keyOf = (secret: Uint8Array, purpose: string) =>
  Buffer.from(hkdfSync("sha256", secret, "", `humans2ai ${purpose} v1`, 32));

/** Seals a text for a purpose and an owner's id; only the same three open it. Nonce, tag, then the cipher text. */
export function seal(secret: Uint8Array, purpose: string, id: string, text: string): Buffer {
  const nonce = randomBytes(NONCE);
  const cipher = createCipheriv("aes-256-gcm", keyOf(secret, purpose), nonce).setAAD(Buffer.from(id));
  const sealed = Buffer.concat([cipher.update(text, "utf8"), cipher.final()]);
  return Buffer.concat([nonce, cipher.getAuthTag(), sealed]);
}

/** Throws when it was sealed for something else, under another secret, or was changed. */
export function unseal(secret: Uint8Array, purpose: string, id: string, sealed: Uint8Array): string {
  const bytes = Buffer.from(sealed);
  const decipher = createDecipheriv("aes-256-gcm", keyOf(secret, purpose), bytes.subarray(0, NONCE), {
    authTagLength: TAG,
  });
  decipher.setAAD(Buffer.from(id)).setAuthTag(bytes.subarray(NONCE, NONCE + TAG));
  return decipher.update(bytes.subarray(NONCE + TAG), undefined, "utf8") + decipher.final("utf8");
}
