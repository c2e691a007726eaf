/** An action that an agent wants approved by people: its form on the wire, and the one way to answer it. */

import { createHash } from "node:crypto";
import { SignJWT } from "jose";
import { z } from "zod";
import { canonical, toIso, toIsoOrNull } from "./codecs.ts";
import { approvalUrl } from "./confirmation-view.ts";
import type { Context } from "./context.ts";
import type { Sql } from "./db/client.ts";
import { Refusal } from "./errors.ts";
import { text, timestamp } from "./fields.ts";
import { ours, written } from "./untrusted/mark.ts";

export const approvalId = text(64).describe("The approval's ID (appr_…)");

const decidedBy = z.object({ name: ours(), email: ours(), as: z.enum(["owner", "approver"]) });

/** Its account's own words, but for the comment of who decided. */
export const approvalShape = z.object({
  approvalId: z.string(),
  status: z.enum(["pending", "approved", "declined", "expired", "cancelled"]),
  action: ours(),
  details: ours().nullable(),
  choices: z.array(ours()),
  choice: ours(z.string().describe("Which of the choices was approved")).nullable(),
  comment: written(() => "human", 1000).nullable(),
  approvers: z.array(z.object({ name: ours(), email: ours() })).describe("Who was asked, beside the owner"),
  decidedBy: decidedBy.nullable(),
  decidedAt: timestamp.nullable(),
  askedBy: ours(z.string().describe("The API key's or app's name, or the account's")),
  createdAt: timestamp,
  expiresAt: timestamp,
  actionSha256: ours(z.string().describe("Of the canonical JSON of action, choices and details, in hex")),
  proof: ours(
    z.string().describe("The answer as a JWS (EdDSA); keys at /api/v1/approvals/jwks.json"),
  ).nullable(),
  approvalUrl: ours(z.string().describe("Where the owner answers, signed in")),
});
export type ApprovalWire = z.input<typeof approvalShape>;

export interface ApprovalRow {
  id: string;
  account: string;
  action: string;
  details: string | null;
  choices: string[];
  status: "pending" | "approved" | "declined" | "cancelled";
  choice: string | null;
  comment: string | null;
  decided_by: z.input<typeof decidedBy> | null;
  decided_at: string | null;
  proof: string | null;
  expires_at: string;
  created_at: string;
  late: boolean;
  asked_by: string;
  asked: { name: string; email: string }[] | null;
}

/** The columns of an ApprovalRow `a`. */
export const approvalColumns = (sql: Sql) => sql`a.*, a.expires_at <= clock_now() as late,
  coalesce((select name from api_key where id = a.key_id), (select client_name from oauth_grant where id = a.key_id),
    (select display_name from app_user where id = a.account)) as asked_by,
  (select jsonb_agg(jsonb_build_object('name', q.name, 'email', q.email) order by q.email)
    from approval_ask q where q.approval_id = a.id) as asked`;

export const encodeApproval = (ctx: Context, row: ApprovalRow): ApprovalWire => ({
  approvalId: row.id,
  status: statusOf(row),
  action: row.action,
  details: row.details,
  choices: row.choices,
  choice: row.choice,
  comment: row.comment,
  approvers: row.asked ?? [],
  decidedBy: row.decided_by,
  decidedAt: toIsoOrNull(row.decided_at),
  askedBy: row.asked_by,
  createdAt: toIso(row.created_at),
  expiresAt: toIso(row.expires_at),
  actionSha256: actionSha256(row),
  proof: row.proof,
  approvalUrl: approvalUrl(ctx, row.id),
});

export const statusOf = ({ status, late }: ApprovalRow): ApprovalWire["status"] =>
  late && status === "pending" ? "expired" : status;

const actionSha256 = ({ action, choices, details }: ApprovalRow): string =>
  createHash("sha256").update(canonical({ action, choices, details })).digest("hex");

/** One of the actor's own account; APPROVAL_NOT_FOUND for all others. */
export async function findApproval(ctx: Context, id: string): Promise<ApprovalRow> {
  const [row] = await ctx.sql<ApprovalRow[]>`
    select ${approvalColumns(ctx.sql)} from approval a where a.id = ${id} and a.account = ${ctx.actor.userId}`;
  if (!row) throw new Refusal("APPROVAL_NOT_FOUND", { approvalId: id });
  return row;
}

export const answerFields = {
  answer: z.enum(["approve", "decline"]),
  choice: text(80).optional().describe("Which of the choices, where there are some"),
  comment: text(1000).optional().describe("What the agent is told beside the answer"),
};
interface Answer {
  answer: "approve" | "decline";
  choice?: string | undefined;
  comment?: string | undefined;
}

/**
 * Answers an approval for good, and signs the answer. The first answer holds: whoever comes later waits for the row and
 * is told APPROVAL_CLOSED. Call it in a transaction, for somebody who may answer.
 */
export async function answerApproval(
  ctx: Context,
  id: string,
  by: z.input<typeof decidedBy>,
  { answer, choice, comment }: Answer,
): Promise<ApprovalRow> {
  const { sql } = ctx;
  const [row] = await sql<(ApprovalRow & { now: string })[]>`
    select ${approvalColumns(sql)}, clock_now() as now from approval a where a.id = ${id} for update of a`;
  const status = statusOf(row!);
  if (status !== "pending") throw new Refusal("APPROVAL_CLOSED", { status, by: row!.decided_by?.name });
  checkChoice(row!, answer, choice);
  const decided: ApprovalRow = {
    ...row!,
    status: answer === "approve" ? "approved" : "declined",
    choice: choice ?? null,
    comment: comment ?? null,
    decided_by: by,
    decided_at: row!.now,
  };
  decided.proof = await sign(ctx, decided);
  await sql`update approval set status = ${decided.status}, choice = ${decided.choice}, comment = ${decided.comment},
    decided_by = ${JSON.stringify(by)}::text::jsonb, decided_at = ${decided.decided_at}, proof = ${decided.proof}
    where id = ${id}`;
  return decided;
}

function checkChoice({ choices }: ApprovalRow, answer: Answer["answer"], choice: string | undefined) {
  const wanted = answer === "approve" && choices.length > 0;
  if (wanted ? choices.includes(choice ?? "") : choice === undefined) return;
  const message = wanted ? `must be one of: ${choices.join(", ")}` : "there is nothing to choose";
  throw new Refusal("VALIDATION_ERROR", {
    message: `choice: ${message}`,
    fields: [{ path: "choice", message }],
  });
}

/** What was asked, what was answered, by whom and when; docs/confirmations.md shows how to verify it offline. */
function sign({ settings, auditKey }: Context, row: ApprovalRow): Promise<string> {
  const at = new Date(row.decided_at!);
  return new SignJWT({
    action_sha256: actionSha256(row),
    decision: row.status,
    choice: row.choice,
    decided_by: row.decided_by,
    decided_at: at.toISOString(),
  })
    .setProtectedHeader({ alg: "EdDSA", typ: "approval+jwt", kid: auditKey.keyId })
    .setIssuer(settings.publicUrl)
    .setSubject(row.account)
    .setJti(row.id)
    .setIssuedAt(Math.floor(at.getTime() / 1000))
    .sign(auditKey.privateKey);
}

/** The key that answers are signed with, as a JWK Set: all that a verifier needs. */
export const approvalKeys = ({ auditKey }: Pick<Context, "auditKey">) => ({
  keys: [{ ...auditKey.publicKey.export({ format: "jwk" }), kid: auditKey.keyId, alg: "EdDSA", use: "sig" }],
});
