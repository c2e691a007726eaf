import { z } from "zod";
import { approvalId, approvalShape, encodeApproval, findApproval } from "../approval.ts";
import { defineTool } from "../tool.ts";
import { waitFor } from "../waiting.ts";

export const check_approval = defineTool({
  title: "Check an approval",
  summary: "Whether an approval that you requested was given, by whom, and the signed answer.",
  who: ["agent"],
  permission: "tasks:read",
  effect: "read",
  rest: { method: "GET", path: "/approvals/:approvalId" },
  input: z.strictObject({
    approvalId,
    waitSeconds: z.int().min(0).max(50).default(0).describe("Wait this long for the answer (max 50)"),
  }),
  output: approvalShape,
  refusals: ["APPROVAL_NOT_FOUND", "TOO_MANY_WAITING", "FORBIDDEN", "VALIDATION_ERROR"],
  async run(ctx, { approvalId: id, waitSeconds }) {
    const look = async () => {
      const seen = encodeApproval(ctx, await findApproval(ctx, id));
      return seen.status === "pending" ? null : seen;
    };
    return (await waitFor(ctx, waitSeconds, look)) ?? encodeApproval(ctx, await findApproval(ctx, id));
  },
});
