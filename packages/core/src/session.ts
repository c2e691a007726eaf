/** Sessions: one sign-in each, with the tokens or the cookie that hang on it. */

import { rateSubject } from "./auth/addresses.ts";
import { hashToken, newSecret, signIdToken } from "./auth/tokens.ts";
import type { Context } from "./context.ts";
import type { Sql } from "./db/client.ts";
import { clockNow, sessions, signIns } from "./db/schema.ts";
import { Refusal } from "./errors.ts";
import { endGrants } from "./oauth/tokens.ts";

/** Holds the password that was checked until this transaction ends: a session never outlives a change of it. */
export async function holdPassword(ctx: Context, user: { id: string; passwordHash: string }): Promise<void> {
  const [same] = await ctx.sql`
    select from app_user where id = ${user.id} and password_hash = ${user.passwordHash} for share`;
  if (!same) throw new Refusal("AUTH_FAILED");
}

/** Signs a user in, who has just given the password. */
export async function startSession(ctx: Context, userId: string) {
  const id = ctx.id("ses");
  const { ip } = ctx.actor;
  await ctx.db.insert(signIns).values({
    id,
    userId,
    signedInAt: clockNow,
    ip,
    network: ip === null ? null : rateSubject(ip),
    lastSeenAt: clockNow,
    expiresAt: expiry(ctx, ctx.now),
  });
  return issueTokens(ctx, { id, userId, signedInAt: ctx.now });
}

/** A short-lived idToken and the first, or the next, refresh token of a session. */
export async function issueTokens(ctx: Context, session: { id: string; userId: string; signedInAt: Date }) {
  const refreshToken = newSecret("rt_");
  await ctx.db.insert(sessions).values({
    id: ctx.id("rt"),
    userId: session.userId,
    family: session.id,
    tokenHash: hashToken(refreshToken),
    expiresAt: expiry(ctx, session.signedInAt),
    createdAt: clockNow,
  });
  const { idTokenMinutes } = ctx.settings;
  const idToken = await signIdToken(ctx.secret, session, ctx.now, idTokenMinutes);
  return { idToken, refreshToken, expiresIn: idTokenMinutes * 60 };
}

const DAY_MS = 86_400_000;
/** However often it is refreshed, a session ends so many days after the password was given. */
const LAST_DAY = 180;

/** Until when a session may be refreshed, if it is not refreshed sooner. */
export const expiry = (ctx: Context, signedInAt: Date): string => {
  const idle = ctx.now.getTime() + ctx.settings.refreshTokenDays * DAY_MS;
  return new Date(Math.min(idle, signedInAt.getTime() + LAST_DAY * DAY_MS)).toISOString();
};

/**
 * Ends one session of a user, or all, or all but one; from the next request on nothing of them is taken. With more
 * than the one, all connected apps end too.
 */
export async function endSessions(
  sql: Sql,
  userId: string,
  which: { only: string } | { but: string | null },
): Promise<number> {
  const chosen = "only" in which ? sql`id = ${which.only}` : sql`id is distinct from ${which.but}`;
  const ended = await sql`update sign_in set ended_at = clock_now()
    where user_id = ${userId} and ${chosen} and ended_at is null and expires_at > clock_now()`;
  // Who had the session or the password may have connected an app.
  if ("but" in which) await endGrants(sql, userId);
  return ended.count;
}
