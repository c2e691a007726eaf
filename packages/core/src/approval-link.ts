/** An approval as the holder of a mailed link sees it: nothing of the account but whose it is. */

import { z } from "zod";
import { type ApprovalRow, approvalColumns, approvalShape, statusOf } from "./approval.ts";
import { hashToken } from "./auth/tokens.ts";
import { toIso, toIsoOrNull } from "./codecs.ts";
import type { Context } from "./context.ts";
import { Refusal } from "./errors.ts";
import { text } from "./fields.ts";
import { cleanText } from "./untrusted/clean.ts";
import { ours, written } from "./untrusted/mark.ts";

export const linkToken = text(100).describe("What follows token= in the link");

const theirs = (max: number) => written(() => "agent", max);
export const linkedShape = approvalShape
  .pick({ approvalId: true, status: true, decidedAt: true, comment: true, createdAt: true, expiresAt: true })
  .extend({
    action: theirs(500),
    details: theirs(5000).nullable(),
    choices: z.array(theirs(80)),
    choice: theirs(80).nullable(),
    decidedBy: ours(z.string().describe("The name of who answered")).nullable(),
    you: ours(z.string().describe("Whom the link was mailed to")),
    askedBy: ours(z.string().describe("The address of the account whose agent asks")),
  });

interface Linked {
  row: ApprovalRow;
  you: { name: string; email: string };
  askedBy: string;
  wire: z.input<typeof linkedShape>;
}

/** The approval of a link, for a week after its time too, so that who comes late sees how it ended. */
export async function linkedApproval({ sql }: Context, token: string): Promise<Linked> {
  const [found] = await sql<(ApprovalRow & { you: Linked["you"]; account_email: string })[]>`
    select ${approvalColumns(sql)}, jsonb_build_object('name', l.name, 'email', l.email) as you, u.email as account_email
    from approval_ask l join approval a on a.id = l.approval_id join app_user u on u.id = a.account
    where l.token_hash = ${hashToken(token)} and u.suspended_at is null
      and a.expires_at > clock_now() - interval '7 days'`;
  if (!found) throw new Refusal("LINK_INVALID");
  const { you, account_email: askedBy, ...row } = found;
  return { row, you, askedBy, wire: encodeLinked(row, you.name, askedBy) };
}

/** An owner's account is called as its agent is: only the address says who that is. */
const sayDecider = (by: ApprovalRow["decided_by"]) =>
  by && (by.as === "owner" ? `${by.name} (${by.email})` : by.name);

/** The agent's words are cleaned here: the page that shows them has only the browser's code. */
export const encodeLinked = (row: ApprovalRow, you: string, askedBy: string): Linked["wire"] => ({
  approvalId: row.id,
  status: statusOf(row),
  action: cleanText(row.action),
  details: row.details && cleanText(row.details),
  // As they are: an answer repeats one of them.
  choices: row.choices,
  choice: row.choice,
  decidedBy: sayDecider(row.decided_by),
  comment: row.comment && cleanText(row.comment),
  decidedAt: toIsoOrNull(row.decided_at),
  createdAt: toIso(row.created_at),
  expiresAt: toIso(row.expires_at),
  you,
  askedBy,
});
