/** Limits per hour beside those of every request: sign-ups, sign-ins, mails, and wrong passwords. */

import type { Context } from "../context.ts";
import type { Sql } from "../db/client.ts";
import { Refusal } from "../errors.ts";
import { rateSubject } from "./addresses.ts";
import { hashToken } from "./tokens.ts";

export const rateLimited = (policy: string, limit: number, retryAfter: number, what = "requests") =>
  new Refusal("RATE_LIMITED", { policy, limit, retryAfter, what });

/** Counts one for a subject of a policy, or refuses when its hour is full. Not in a transaction that may be undone. */
export async function limitHour(sql: Sql, policy: string, subject: string, limit: number, what?: string) {
  const [row] = await sql`select retry_after from hit_rate(${`${policy}:${subject}`}, ${limit})`;
  if (row?.retry_after != null) throw rateLimited(policy, limit, row.retry_after, what);
}

/** Counts a valid sign-up, sign-in or password reset against the hour of the address that it comes from. */
export async function limitAddress(ctx: Context, policy: "register" | "login" | "reset"): Promise<void> {
  const { ip } = ctx.actor;
  if (ip === null) return;
  const { rateLimitRegister, rateLimitLogin } = ctx.settings;
  const limit = policy === "register" ? rateLimitRegister : rateLimitLogin;
  await limitHour(ctx.client, policy, rateSubject(ip), limit);
}

/** Pages fetch what their links lead to beforehand, so they have an hour of their own, four times as long. */
const PAGES_PER_CALL = 4;

/** Counts a page against the hour of the address that looks at it. */
export const countPage = (
  { client, settings }: Pick<Context, "client" | "settings">,
  ip: string,
): Promise<void> => limitHour(client, "page", rateSubject(ip), settings.rateLimitIp * PAGES_PER_CALL);

const MAILS = 5;

/** Counts a mail that somebody asked to be sent to an address, whether or not it has an account. */
export const limitMail = (ctx: Context, purpose: "verify" | "forgot", email: string): Promise<void> =>
  limitHour(ctx.client, purpose, subjectOf(email), MAILS, "mails");

/** Mails an hour that an account's agents cause, and that one address gets from the agents of others. */
const SENT = { account: 60, recipient: 20 };

/**
 * Counts the mails that an agent causes, to these addresses or else to its owner; refuses the first that is too many.
 * In the caller's transaction: a mail that is undone was none.
 */
export async function limitSent({ sql, actor }: Context, to: readonly string[]): Promise<void> {
  for (let n = 0; n < Math.max(to.length, 1); n++) {
    await limitHour(sql, "mail_by", actor.userId, SENT.account, "mails");
  }
  // In one order, so that no two wait for each other.
  for (const subject of to.map(subjectOf).sort()) {
    await limitHour(sql, "mail_to", subject, SENT.recipient, "mails to one address");
  }
}

/** Counts a mail to the owner that can be left out: false when the account's hour is full. */
export async function mayMail({ sql, actor }: Context): Promise<boolean> {
  const [row] = await sql`select retry_after from hit_rate(${`mail_by:${actor.userId}`}, ${SENT.account})`;
  return row?.retry_after == null;
}

/** Tries an hour from anywhere, and from each address that the account is known to sign in from. */
const TRIES = { anywhere: 10, known: 20 };
const KNOWN_DAYS = 90;

/**
 * Counts a try at an account's password before it is checked, so that many at once get no more than their number;
 * answers how to forget the tries once one was right. An account that is not there is counted alike.
 * An address from which the account was signed in lately, or a session that lives, has tries of its own: nobody else
 * can use them up.
 */
export async function limitPasswordTries(ctx: Context, email: string): Promise<() => Promise<void>> {
  const { ip, sessionId } = ctx.actor;
  if (ip === null) return async () => {};
  const own = sessionId ?? (await knownNetwork(ctx, email, rateSubject(ip)));
  const subject = own === null ? subjectOf(email) : `${subjectOf(email)}@${own}`;
  await limitHour(ctx.client, "password", subject, TRIES[own ? "known" : "anywhere"], "wrong passwords");
  return async () => void (await ctx.client`delete from rate_limit where subject = ${`password:${subject}`}`);
}

async function knownNetwork(ctx: Context, email: string, network: string): Promise<string | null> {
  const [known] = await ctx.client`
    select from sign_in s join app_user u on u.id = s.user_id
    where u.email = ${email} and s.network = ${network}
      and s.signed_in_at > clock_now() - ${`${KNOWN_DAYS} days`}::interval limit 1`;
  return known ? network : null;
}

/** After a new password: all tries at the old one are forgotten, wherever they came from. */
export const forgetPasswordTries = async (sql: Sql, email: string): Promise<void> =>
  void (await sql`delete from rate_limit where starts_with(subject, ${`password:${subjectOf(email)}`})`);

/** Counters know no addresses of people. */
const subjectOf = (email: string) => Buffer.from(hashToken(email)).toString("hex").slice(0, 32);
