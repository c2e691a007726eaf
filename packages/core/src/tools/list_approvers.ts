import { z } from "zod";
import { approverShape, approversOf, encodeApprover } from "../approver.ts";
import { defineTool } from "../tool.ts";

export const list_approvers = defineTool({
  title: "List approvers",
  summary: "Whom request_approval can ask beside the owner: the people and teams that the owner named.",
  who: ["agent"],
  permission: "tasks:read",
  effect: "read",
  rest: { method: "GET", path: "/approvers" },
  input: z.strictObject({}),
  output: z.object({ approvers: z.array(approverShape) }),
  refusals: ["FORBIDDEN"],
  run: async (ctx) => ({ approvers: (await approversOf(ctx)).map(encodeApprover) }),
});
