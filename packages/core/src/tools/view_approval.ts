import { z } from "zod";
import { linkedApproval, linkedShape, linkToken } from "../approval-link.ts";
import { defineTool } from "../tool.ts";

export const view_approval = defineTool({
  title: "See an approval by its link",
  summary: "What an approver is asked, by the link that was mailed to them.",
  who: ["anonymous"],
  permission: null,
  effect: "read",
  session: true,
  input: z.strictObject({ token: linkToken }),
  output: linkedShape,
  refusals: ["LINK_INVALID", "VALIDATION_ERROR"],
  run: async (ctx, { token }) => (await linkedApproval(ctx, token)).wire,
});
