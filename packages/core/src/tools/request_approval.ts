import { z } from "zod";
import { approvalShape, encodeApproval, findApproval } from "../approval.ts";
import { countAsked, refuseUnverified } from "../approval-mails.ts";
import { type ApproverRow, findApprovers } from "../approver.ts";
import { hashToken, newSecret } from "../auth/tokens.ts";
import { visible } from "../codecs.ts";
import { MOST_UNANSWERED } from "../confirmation.ts";
import type { Context } from "../context.ts";
import { Refusal } from "../errors.ts";
import { text } from "../fields.ts";
import { queueMail } from "../mail.ts";
import { vetSpeech } from "../risk/speech.ts";
import { defineTool } from "../tool.ts";
import { waitFor } from "../waiting.ts";

const WEEK = 7 * 24 * 60;

const input = z.strictObject({
  action: text(500).describe("What you are about to do, in one sentence that the approver can judge"),
  details: text(5000).optional().describe("What they need to know to decide"),
  approvers: z
    .array(text(254))
    .min(1)
    .max(10)
    .optional()
    .describe("Ids, emails or team names from the owner's list of approvers; none: the owner alone"),
  choices: z
    .array(text(80).refine((c) => visible(c) === c, "must not hold characters that nobody sees"))
    .min(2)
    .max(6)
    .optional()
    .describe("Ways to do it, of which they approve one"),
  expiresInMinutes: z.int().min(5).max(WEEK).default(60).describe("Default 60, max a week"),
  waitSeconds: z.int().min(0).max(50).default(25).describe("Wait this long for the answer (default 25)"),
});

export const request_approval = defineTool({
  title: "Request an approval",
  summary:
    "Before you do something that needs a person's go-ahead, outside this marketplace too: your user, or an approver they named, approves or declines it on a page. The answer comes back signed. While it is pending do not act; call check_approval.",
  who: ["agent"],
  permission: "tasks:write",
  effect: "write",
  waits: {
    atOnce: { waitSeconds: 0 },
    poll: "check_approval",
    by: ["approvalId"],
    done: (reply) => reply.status !== "pending",
    cancel: { tool: "cancel_approval", was: (reply) => reply.status === "cancelled" },
  },
  rest: { method: "POST", path: "/approvals" },
  input,
  output: approvalShape,
  refusals: [
    "APPROVER_NOT_FOUND",
    "EMAIL_NOT_VERIFIED",
    "RISK_GATE_BLOCKED",
    "RATE_LIMITED",
    "TOO_MANY_UNANSWERED",
    "FORBIDDEN",
    "VALIDATION_ERROR",
  ],
  async run(ctx, { action, details, approvers, choices, expiresInMinutes }) {
    vetSpeech(action, details ?? "", ...(choices ?? []));
    await refuseUnverified(ctx);
    const asked = approvers ? await findApprovers(ctx, approvers) : [];
    const owner = await ownerOf(ctx);
    const id = ctx.id("appr");
    await ctx.sql`insert into approval (id, account, key_id, action, details, choices, expires_at, created_at)
      values (${id}, ${ctx.actor.userId}, ${ctx.actor.keyId}, ${action}, ${details ?? null},
        ${[...new Set(choices ?? [])]}, clock_now() + ${`${expiresInMinutes} minutes`}::interval, clock_now())`;
    await countAsked(ctx, asked);
    for (const approver of asked) await askApprover(ctx, id, approver, owner, expiresInMinutes);
    if (asked.length === 0) await tellOwner(ctx, id, owner, expiresInMinutes);
    return encodeApproval(ctx, await findApproval(ctx, id));
  },
  async after(ctx, { waitSeconds }, reply) {
    const look = async () => {
      const row = await findApproval(ctx, reply.approvalId);
      const seen = encodeApproval(ctx, row);
      return seen.status === "pending" ? null : seen;
    };
    return (await waitFor(ctx, waitSeconds, look, { orAtOnce: true })) ?? reply;
  },
});

/** The account's address; TOO_MANY_UNANSWERED when an hour's questions went without an answer. */
async function ownerOf({ sql, actor }: Context): Promise<string> {
  // Of two at once the second counts the first.
  await sql`select 1 from app_user where id = ${actor.userId} for no key update`;
  const [row] = await sql<{ email: string; unanswered: number }[]>`
    select email, (select count(*)::int from approval a where a.account = u.id and a.decided_at is null
      and (a.created_at > clock_now() - interval '1 hour' or a.status = 'pending' and a.expires_at > clock_now()))
      as unanswered
    from app_user u where id = ${actor.userId}`;
  if (row!.unanswered >= MOST_UNANSWERED) throw new Refusal("TOO_MANY_UNANSWERED", { max: MOST_UNANSWERED });
  return row!.email;
}

const within = (minutes: number) =>
  minutes < 120 ? `${minutes} minutes` : `${Math.round(minutes / 60)} hours`;

async function askApprover(ctx: Context, id: string, to: ApproverRow, owner: string, minutes: number) {
  const token = newSecret("ml_");
  await ctx.sql`insert into approval_ask (token_hash, approval_id, name, email)
    values (${hashToken(token)}, ${id}, ${to.name}, ${to.email})`;
  await queueMail(ctx.sql, {
    to: to.email,
    subject: "An AI agent asks for your approval",
    text: `${owner} put you on the list of those who decide what their AI agent may do. It asks for your decision now. See what it is, and approve or decline it, within ${within(minutes)}:

${ctx.settings.publicUrl}/approve/link#token=${token}

The link is yours alone: whoever has it can answer for you. Nothing happens if nobody answers.
`,
    goodFor: minutes,
  });
}

const tellOwner = (ctx: Context, id: string, owner: string, minutes: number) =>
  queueMail(ctx.sql, {
    to: owner,
    subject: "Your agent asks for your approval",
    text: `Your agent wants to do something and asks you first. See what it is, and approve or decline it, within ${within(minutes)}:

${ctx.settings.publicUrl}/approve/${id}

Nothing happens if you do not answer.
`,
    goodFor: minutes,
  });
