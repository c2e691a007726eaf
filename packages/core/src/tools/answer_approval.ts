import { z } from "zod";
import { answerApproval, answerFields } from "../approval.ts";
import { encodeLinked, linkedApproval, linkedShape, linkToken } from "../approval-link.ts";
import { defineTool } from "../tool.ts";

export const answer_approval = defineTool({
  title: "Answer an approval by its link",
  summary:
    "An approver without an account approves or declines what an agent asked, by the link that was mailed to them.",
  who: ["anonymous"],
  permission: null,
  effect: "write",
  session: true,
  input: z.strictObject({ token: linkToken, ...answerFields }),
  output: linkedShape,
  refusals: ["LINK_INVALID", "APPROVAL_CLOSED", "VALIDATION_ERROR"],
  async run(ctx, { token, ...answer }) {
    const { row, you, askedBy } = await linkedApproval(ctx, token);
    const decided = await answerApproval(ctx, row.id, { ...you, as: "approver" }, answer);
    return encodeLinked(decided, you.name, askedBy);
  },
});
