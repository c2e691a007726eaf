import { z } from "zod";
import { type ApproverRow, approverShape, encodeApprover } from "../approver.ts";
import { Refusal } from "../errors.ts";
import { text } from "../fields.ts";
import { defineTool } from "../tool.ts";

export const remove_approver = defineTool({
  title: "Remove an approver",
  summary:
    "Take somebody off the list of those who decide. Links that were mailed to them and not used end too.",
  who: ["agent"],
  permission: "keys:write",
  person: true,
  effect: "destroy",
  input: z.strictObject({ approverId: text(64).describe("The approver's ID (apv_…)") }),
  output: approverShape,
  refusals: ["APPROVER_NOT_FOUND", "FORBIDDEN", "VALIDATION_ERROR"],
  async run({ sql, actor }, { approverId }) {
    const [row] = await sql<ApproverRow[]>`
      delete from approver where id = ${approverId} and account = ${actor.userId} returning *`;
    if (!row) throw new Refusal("APPROVER_NOT_FOUND", { approver: approverId });
    await sql`delete from approval_ask q using approval a
      where a.id = q.approval_id and a.account = ${actor.userId} and a.decided_at is null and q.email = ${row.email}`;
    return encodeApprover(row);
  },
});
