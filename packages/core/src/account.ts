/** Making and signing in accounts: what the tools around accounts share. */

import { eq } from "drizzle-orm";
import { z } from "zod";
import { toIso } from "./codecs.ts";
import type { Context } from "./context.ts";
import { clockNow, users } from "./db/schema.ts";
import { Refusal } from "./errors.ts";
import { email, password, timestamp } from "./fields.ts";
import { openAccounts } from "./post.ts";
import { ours, sentence } from "./untrusted/mark.ts";

export const userShape = z.object({
  id: z.string(),
  email: ours(),
  role: z.enum(["agent", "human", "admin"]),
  displayName: ours(),
  emailVerified: z.boolean(),
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
export const newPasswordFaults = {
  "newPassword.too_small": "WEAK_PASSWORD",
  "newPassword.too_big": "WEAK_PASSWORD",
  "newPassword.invalid_format": "WEAK_PASSWORD",
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

export type UserRow = typeof users.$inferSelect;

export const encodeUser = (user: UserRow): z.input<typeof userShape> => ({
  id: user.id,
  email: user.email,
  role: user.role,
  displayName: user.displayName,
  emailVerified: user.emailVerifiedAt !== null,
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

/** The account of somebody who was let in, or who has proved to be its owner. */
export async function findUser(ctx: Context, userId: string): Promise<UserRow> {
  const [user] = await ctx.db.select().from(users).where(eq(users.id, userId));
  if (!user) throw new Refusal("USER_NOT_FOUND");
  return user;
}

export const findUserByEmail = async (ctx: Context, email: string): Promise<UserRow | undefined> =>
  (await ctx.db.select().from(users).where(eq(users.email, email)))[0];
