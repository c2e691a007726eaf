/** idTokens (short-lived, signed), refresh tokens and API keys (random, stored as hashes). */

import { createHash, randomBytes } from "node:crypto";
import { errors as joseErrors, jwtVerify, SignJWT } from "jose";

const ISSUER = "humans2ai";

export const hashToken = (token: string): Uint8Array => createHash("sha256").update(token).digest();

/** A random secret with a recognisable prefix: 192 bits, base64url. */
export const newSecret = (prefix: string): string => `${prefix}${randomBytes(24).toString("base64url")}`;

export async function signIdToken(
  secret: Uint8Array,
  userId: string,
  now: Date,
  minutes: number,
  signedInAt: Date = now,
): Promise<string> {
  const seconds = Math.floor(now.getTime() / 1000);
  return new SignJWT({ auth_time: Math.floor(signedInAt.getTime() / 1000) })
    .setProtectedHeader({ alg: "HS256", typ: "JWT" })
    .setIssuer(ISSUER)
    .setSubject(userId)
    .setIssuedAt(seconds)
    .setExpirationTime(seconds + minutes * 60)
    .sign(secret);
}

/** Whose idToken this is, and since when signed in; null if it is not valid. */
export async function verifyIdToken(
  secret: Uint8Array,
  token: string,
  now: Date,
): Promise<{ userId: string; signedInAt: Date } | null> {
  try {
    const { payload } = await jwtVerify(token, secret, {
      issuer: ISSUER,
      algorithms: ["HS256"],
      currentDate: now,
    });
    const { sub: userId, auth_time: seconds } = payload;
    if (!userId || typeof seconds !== "number") return null;
    return { userId, signedInAt: new Date(seconds * 1000) };
  } catch (error) {
    if (error instanceof joseErrors.JOSEError) return null;
    throw error;
  }
}
