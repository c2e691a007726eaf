import { z } from "zod";
import { findUser } from "../account.ts";
import {
  answerApproval,
  answerFields,
  approvalId,
  approvalShape,
  encodeApproval,
  findApproval,
} from "../approval.ts";
import { defineTool } from "../tool.ts";

export const decide_approval = defineTool({
  title: "Answer an approval",
  summary: "The account's owner approves or declines what their agent asked for. No agent can.",
  who: ["agent"],
  permission: "tasks:write",
  person: true,
  effect: "write",
  input: z.strictObject({ approvalId, ...answerFields }),
  output: approvalShape,
  refusals: ["APPROVAL_NOT_FOUND", "APPROVAL_CLOSED", "FORBIDDEN", "VALIDATION_ERROR"],
  async run(ctx, { approvalId: id, ...answer }) {
    await findApproval(ctx, id);
    const { displayName, email } = await findUser(ctx, ctx.actor.userId);
    return encodeApproval(
      ctx,
      await answerApproval(ctx, id, { name: `the owner of ${displayName}`, email, as: "owner" }, answer),
    );
  },
});
