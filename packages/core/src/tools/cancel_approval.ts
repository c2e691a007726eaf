import { z } from "zod";
import { approvalId, approvalShape, encodeApproval, findApproval, statusOf } from "../approval.ts";
import { Refusal } from "../errors.ts";
import { defineTool } from "../tool.ts";

export const cancel_approval = defineTool({
  title: "Cancel an approval",
  summary:
    "Take back an approval that you requested and that nobody has answered yet: it is not needed any more.",
  who: ["agent"],
  permission: "tasks:write",
  effect: "write",
  rest: { method: "DELETE", path: "/approvals/:approvalId" },
  input: z.strictObject({ approvalId }),
  output: approvalShape,
  refusals: ["APPROVAL_NOT_FOUND", "APPROVAL_CLOSED", "FORBIDDEN", "VALIDATION_ERROR"],
  async run(ctx, { approvalId: id }) {
    const { count } = await ctx.sql`update approval set status = 'cancelled'
      where id = ${id} and account = ${ctx.actor.userId} and status = 'pending' and expires_at > clock_now()`;
    const row = await findApproval(ctx, id);
    if (count === 0)
      throw new Refusal("APPROVAL_CLOSED", { status: statusOf(row), by: row.decided_by?.name });
    return encodeApproval(ctx, row);
  },
});
