/** What keeps approvals from being a way to mail strangers: whose address is proven, and how many mails go where. */

import type { ApproverRow } from "./approver.ts";
import { limitSent } from "./auth/limits.ts";
import type { Context } from "./context.ts";
import { Refusal } from "./errors.ts";

/** People whom one question may be mailed to, teams counted by their members. */
const MOST_ASKED = 10;

/** EMAIL_NOT_VERIFIED until the owner has shown that the account's address is theirs: mails go out in its name. */
export async function refuseUnverified({ sql, actor }: Context): Promise<void> {
  const [row] = await sql`select from app_user where id = ${actor.userId} and email_verified_at is not null`;
  if (!row) throw new Refusal("EMAIL_NOT_VERIFIED");
}

/** Counts the mails of one question, to its approvers or else to the owner; refuses it when they are too many. */
export async function countAsked(ctx: Context, asked: readonly ApproverRow[]): Promise<void> {
  if (asked.length > MOST_ASKED) {
    const message = `name ${asked.length} people with their teams, at most ${MOST_ASKED} can be asked at once`;
    throw new Refusal("VALIDATION_ERROR", {
      message: `approvers: ${message}`,
      fields: [{ path: "approvers", message }],
    });
  }
  await limitSent(
    ctx,
    asked.map(({ email }) => email),
  );
}
