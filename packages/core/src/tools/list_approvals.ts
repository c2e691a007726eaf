import { z } from "zod";
import { type ApprovalRow, approvalColumns, approvalShape, encodeApproval } from "../approval.ts";
import { defineTool } from "../tool.ts";

export const list_approvals = defineTool({
  title: "List approvals",
  summary: "The approvals that your account's agents requested, newest first.",
  who: ["agent"],
  permission: "tasks:read",
  effect: "read",
  rest: { method: "GET", path: "/approvals" },
  input: z.strictObject({
    pending: z.boolean().default(false).describe("Only those that wait for an answer"),
  }),
  output: z.object({ approvals: z.array(approvalShape) }),
  refusals: ["FORBIDDEN", "VALIDATION_ERROR"],
  async run(ctx, { pending }) {
    const { sql, actor } = ctx;
    const rows = await sql<ApprovalRow[]>`
      select ${approvalColumns(sql)} from approval a where a.account = ${actor.userId}
        ${pending ? sql`and a.status = 'pending' and a.expires_at > clock_now()` : sql``}
      order by a.created_at desc, a.id desc limit 100`;
    return { approvals: rows.map((row) => encodeApproval(ctx, row)) };
  },
});
