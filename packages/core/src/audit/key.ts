/** The ed25519 key that signs the audit's seals. */

import { createHash, createPrivateKey, createPublicKey, hkdfSync, type KeyObject } from "node:crypto";

export interface AuditKey {
  privateKey: KeyObject;
  publicKey: KeyObject;
  /** The public key as base64 of its SPKI form: what a verifier is given. */
  published: string;
  keyId: string;
}

/** What comes before the 32 bytes of an ed25519 key in its PKCS #8 form. */
const PKCS8 = Buffer.from("302e020100300506032b657004220420", "hex");

/**
 * The key of a setting: base64 of 32 bytes, or of PKCS #8 as openssl writes it. Null when it is neither.
 */
export function readAuditKey(text: string): AuditKey | null {
  const bytes = Buffer.from(text, "base64");
  const der = bytes.length === 32 ? Buffer.concat([PKCS8, bytes]) : bytes;
  if (der.length !== 48 || !der.subarray(0, 16).equals(PKCS8)) return null;
  const privateKey = createPrivateKey({ key: der, format: "der", type: "pkcs8" });
  return { privateKey, ...publicPart(createPublicKey(privateKey)) };
}

/** Without a key of its own the audit is signed by one that is derived from the product's secret. */
export function deriveAuditKey(secret: Uint8Array | string): AuditKey {
  const seed = Buffer.from(hkdfSync("sha256", secret, "", "humans2ai audit seals", 32));
  return readAuditKey(seed.toString("base64"))!;
}

/** A public key as it was published; null when it is none. */
export function readPublicKey(text: string): Omit<AuditKey, "privateKey"> | null {
  try {
    const key = createPublicKey({ key: Buffer.from(text, "base64"), format: "der", type: "spki" });
    return key.asymmetricKeyType === "ed25519" ? publicPart(key) : null;
  } catch (error) {
    if (error instanceof Error && "code" in error) return null; // OpenSSL's word that this is no key
    throw error;
  }
}

function publicPart(publicKey: KeyObject): Omit<AuditKey, "privateKey"> {
  const der = publicKey.export({ format: "der", type: "spki" });
  const keyId = createHash("sha256").update(der).digest("hex").slice(0, 16);
  return { publicKey, published: der.toString("base64"), keyId };
}
