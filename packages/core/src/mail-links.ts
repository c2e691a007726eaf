/** Links that prove, once, that somebody reads an account's mail; and the mails that carry them. */

import { hashToken, newSecret } from "./auth/tokens.ts";
import type { Context } from "./context.ts";
import { Refusal } from "./errors.ts";
import { type Mail, queueMail } from "./mail.ts";

type Purpose = "verify_email" | "reset_password";
interface Addressee {
  id: string;
  email: string;
}

/** Minutes that a link is good for. */
const GOOD_FOR = { verify_email: 24 * 60, reset_password: 60 };
const newToken = () => newSecret("ml_");

// Behind a #, which browsers send to no server, neither in a request nor as a Referer.
const address = (ctx: Context, page: string, token: string) =>
  `${ctx.settings.publicUrl}/${page}#token=${token}`;

/** Sends the link that confirms an account's address. */
export async function mailVerification(ctx: Context, user: Addressee): Promise<void> {
  const token = newToken();
  await ctx.sql`insert into mail_link (token_hash, user_id, purpose, expires_at, created_at)
    values (${hashToken(token)}, ${user.id}, 'verify_email', ${ends("verify_email", ctx)}, clock_now())`;
  await queueMail(ctx.sql, {
    to: user.email,
    subject: "Confirm your address for Humans2AI",
    text: `Open this page and press the button to confirm that this address is yours:

${address(ctx, "verify-email", token)}

The link is good for 24 hours. If you did not make an account at Humans2AI, ignore this mail.
`,
    goodFor: GOOD_FOR.verify_email,
  });
}

const resetMail = (ctx: Context, to: string, token: string): Mail => ({
  to,
  subject: "Choose a new password for Humans2AI",
  text: `Somebody asked for a new password for the account of this address. If it was you, choose it here:

${address(ctx, "reset-password", token)}

The link is good for one hour, once. If it was not you, ignore this mail: nothing has changed.
`,
  goodFor: GOOD_FOR.reset_password,
});

/**
 * Sends the link for a new password, if the address has an account. If not, the same statement writes a mail to
 * nobody that is never sent: neither the answer nor its time tells which.
 */
export async function mailReset(ctx: Context, email: string): Promise<void> {
  const token = newToken();
  const { subject, text } = resetMail(ctx, email, token);
  const until = ends("reset_password", ctx);
  await ctx.sql`
    with found as (select id, email from app_user where email = ${email}),
    link as (
      insert into mail_link (token_hash, user_id, purpose, expires_at, created_at)
      select ${hashToken(token)}, id, 'reset_password', ${until}, clock_now() from found)
    insert into mail (recipient, subject, body, next_at, good_until, given_up_at, created_at)
    select coalesce(f.email, ''), ${subject}, case when f.id is null then '' else ${text} end, clock_now(), ${until},
      case when f.id is null then clock_now() end, clock_now()
    from (select) always left join found f on true`;
}

export const mailPasswordChanged = (ctx: Context, to: string): Promise<void> =>
  queueMail(ctx.sql, {
    to,
    subject: "Your password for Humans2AI was changed",
    text: `The password of your account was changed, and whoever was signed in elsewhere is signed out.

If it was not you, choose a new one at once: ${ctx.settings.publicUrl}/forgot-password
Then look through your API keys, which a change of the password leaves as they are.
`,
  });

/** Uses up a link and answers whose it is. Other links of that account for the same purpose are gone with it. */
export async function spendLink(ctx: Context, purpose: Purpose, token: string): Promise<string> {
  const [link] = await ctx.sql<{ user_id: string }[]>`
    delete from mail_link where token_hash = ${hashToken(token)} and purpose = ${purpose}
      and expires_at > clock_now() returning user_id`;
  if (!link) throw new Refusal("LINK_INVALID");
  await dropLinks(ctx, purpose, link.user_id);
  return link.user_id;
}

export const dropLinks = async (ctx: Context, purpose: Purpose, userId: string): Promise<void> =>
  void (await ctx.sql`delete from mail_link where user_id = ${userId} and purpose = ${purpose}`);

const ends = (purpose: Purpose, ctx: Context) =>
  new Date(ctx.now.getTime() + GOOD_FOR[purpose] * 60_000).toISOString();
