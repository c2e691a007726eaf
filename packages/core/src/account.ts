/** Making and signing in accounts: what register, register_human, login and refresh_session share. */

import { eq } from "drizzle-orm";
import { z } from "zod";
import { hashToken, newSecret, signIdToken } from "./auth/tokens.ts";
import { toIso } from "./codecs.ts";
import type { Context } from "./context.ts";
import { apiKeys, clockNow, sessions, users } from "./db/schema.ts";
import { Refusal } from "./errors.ts";
import { email, password, timestamp } from "./fields.ts";
import { openAccounts } from "./post.ts";
import { ours, sentence } from "./untrusted/mark.ts";
import { PERMISSIONS, type Permission } from "./vocabulary.ts";

export const userShape = z.object({
  id: z.string(),
  email: ours(),
  role: z.enum(["agent", "human", "admin"]),
  displayName: ours(),
  createdAt: timestamp,
});

/** What every sign-up asks for, and the contract's codes for what is wrong with it. */
export const signUpFields = {
  email: z.string().pipe(email).describe("Email address for the new account"),
  password: password.describe("Password (min 8 chars, must include a letter and a number)"),
};
export const signUpFaults = {
  "password.too_small": "WEAK_PASSWORD",
  "password.too_big": "WEAK_PASSWORD",
  "password.invalid_format": "WEAK_PASSWORD",
  "email.invalid_format": "INVALID_EMAIL",
  "email.too_big": "INVALID_EMAIL",
} as const;

export const sessionShape = {
  user: userShape,
  idToken: ours(
    z.string().describe("Signed token for Authorization: Bearer; has all of the account's permissions"),
  ),
  refreshToken: ours(z.string().describe("Exchanged once for a new pair by refresh_session")),
  expiresIn: z.int().describe("Seconds until the idToken expires"),
  nextSteps: z.array(sentence),
};

export const apiKeyShape = z.object({
  id: z.string(),
  name: ours(),
  prefix: ours(),
  permissions: z.array(z.enum(PERMISSIONS)),
  allowedIps: z.array(ours()),
  expiresAt: timestamp.nullable(),
  revokedAt: timestamp.nullable(),
  lastUsedAt: timestamp.nullable(),
  createdAt: timestamp,
});

export type UserRow = typeof users.$inferSelect;

export const encodeUser = (user: UserRow): z.input<typeof userShape> => ({
  id: user.id,
  email: user.email,
  role: user.role,
  displayName: user.displayName,
  createdAt: toIso(user.createdAt),
});

/** A new account with two empty wallet accounts; EMAIL_EXISTS when the address is taken. */
export async function createUser(
  ctx: Context,
  input: { role: "agent" | "human"; email: string; passwordHash: string; displayName: string },
): Promise<UserRow> {
  const [user] = await ctx.db
    .insert(users)
    .values({ id: ctx.id("user"), ...input, createdAt: clockNow })
    .onConflictDoNothing({ target: users.email })
    .returning();
  if (!user) throw new Refusal("EMAIL_EXISTS");
  await openAccounts(ctx, user.id);
  return user;
}

/** Signs a user in: a short-lived idToken and the first, or the next, refresh token of a family. */
export async function startSession(ctx: Context, userId: string, family: string | null = null) {
  const { idTokenMinutes, refreshTokenDays } = ctx.settings;
  const id = ctx.id("ses");
  const refreshToken = newSecret("rt_");
  const expiresAt = new Date(ctx.now.getTime() + refreshTokenDays * 86_400_000).toISOString();
  await ctx.db.insert(sessions).values({
    id,
    userId,
    family: family ?? id,
    tokenHash: hashToken(refreshToken),
    expiresAt,
    createdAt: clockNow,
  });
  const idToken = await signIdToken(ctx.secret, userId, ctx.now, idTokenMinutes);
  return { idToken, refreshToken, expiresIn: idTokenMinutes * 60 };
}

export interface NewKey {
  name: string;
  permissions: Permission[];
  allowedIps: string[];
  expiresAt: string | null;
}

/** Makes an API key. The secret is in the reply and nowhere else: the database has its hash and first characters. */
export async function createKey(ctx: Context, userId: string, key: NewKey) {
  const secret = newSecret("sk_live_");
  const [row] = await ctx.db
    .insert(apiKeys)
    .values({
      id: ctx.id("key"),
      userId,
      ...key,
      prefix: secret.slice(0, 14),
      keyHash: hashToken(secret),
      createdAt: clockNow,
    })
    .returning();
  return { key: secret, ...encodeKey(row!) };
}

export const encodeKey = (row: typeof apiKeys.$inferSelect): z.input<typeof apiKeyShape> => ({
  id: row.id,
  name: row.name,
  prefix: `${row.prefix}…`,
  permissions: row.permissions as Permission[],
  allowedIps: row.allowedIps,
  expiresAt: row.expiresAt && toIso(row.expiresAt),
  revokedAt: row.revokedAt && toIso(row.revokedAt),
  lastUsedAt: row.lastUsedAt && toIso(row.lastUsedAt),
  createdAt: toIso(row.createdAt),
});

export const findUserByEmail = async (ctx: Context, email: string): Promise<UserRow | undefined> =>
  (await ctx.db.select().from(users).where(eq(users.email, email)))[0];
