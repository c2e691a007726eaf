import { z } from "zod";
import { refuseUnverified } from "../approval-mails.ts";
import { type ApproverRow, approverFields, approverShape, encodeApprover } from "../approver.ts";
import { Refusal } from "../errors.ts";
import { vetSpeech } from "../risk/speech.ts";
import { defineTool } from "../tool.ts";

const MOST = 50;

export const add_approver = defineTool({
  title: "Add an approver",
  summary:
    "Let somebody decide what your agents ask for. They are mailed a link with each question. No agent can add one.",
  who: ["agent"],
  permission: "keys:write",
  person: true,
  effect: "write",
  input: z.strictObject(approverFields),
  output: approverShape,
  refusals: [
    "APPROVER_EXISTS",
    "TOO_MANY_APPROVERS",
    "EMAIL_NOT_VERIFIED",
    "RISK_GATE_BLOCKED",
    "FORBIDDEN",
    "VALIDATION_ERROR",
  ],
  async run(ctx, { name, email, team }) {
    vetSpeech(name, team ?? "");
    await refuseUnverified(ctx);
    const { sql, actor } = ctx;
    // First the lock, then the count: one statement would count what it saw before it waited.
    await sql`select 1 from app_user where id = ${actor.userId} for no key update`;
    const [own] = await sql`select count(*)::int as many from approver where account = ${actor.userId}`;
    if (own?.many >= MOST) throw new Refusal("TOO_MANY_APPROVERS", { max: MOST });
    const [row] = await sql<ApproverRow[]>`
      insert into approver (id, account, name, email, team, created_at)
      values (${ctx.id("apv")}, ${actor.userId}, ${name}, ${email}, ${team ?? null}, clock_now())
      on conflict (account, email) do nothing returning *`;
    if (!row) throw new Refusal("APPROVER_EXISTS");
    return encodeApprover(row);
  },
});
