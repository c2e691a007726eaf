/** idTokens (short-lived, signed), refresh tokens and API keys (random, stored as hashes). */

import { createHash, randomBytes } from "node:crypto";
import { errors as joseErrors, jwtVerify, SignJWT } from "jose";

const ISSUER = "humans2ai";

export const hashToken = (token: string): Uint8Array => createHash("sha256").update(token).digest();

/** A random secret with a recognisable prefix: 192 bits, base64url. */
export const newSecret = (prefix: string): string => `${prefix}${randomBytes(24).toString("base64url")}`;

/** What an idToken says: whose it is, and which session it ends with. */
export interface TokenSession {
  id: string;
  userId: string;
}

export async function signIdToken(
  secret: Uint8Array,
  session: TokenSession & { signedInAt: Date },
  now: Date,
  minutes: number,
): Promise<string> {
  const seconds = (at: Date) => Math.floor(at.getTime() / 1000);
  return new SignJWT({ auth_time: seconds(session.signedInAt), sid: session.id })
    .setProtectedHeader({ alg: "HS256", typ: "JWT" })
    .setIssuer(ISSUER)
    .setSubject(session.userId)
    .setIssuedAt(seconds(now))
    .setExpirationTime(seconds(now) + minutes * 60)
    .sign(secret);
}

/** The session of an idToken; null if it is not valid. Whether the session still lives, the database knows. */
export async function verifyIdToken(
  secret: Uint8Array,
  token: string,
  now: Date,
): Promise<TokenSession | null> {
  try {
    const { payload } = await jwtVerify(token, secret, {
      issuer: ISSUER,
      algorithms: ["HS256"],
      currentDate: now,
    });
    const { sub: userId, sid: id } = payload;
    return userId && typeof id === "string" ? { id, userId } : null;
  } catch (error) {
    if (error instanceof joseErrors.JOSEError) return null;
    throw error;
  }
}
