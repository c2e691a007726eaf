import { z } from "zod";
import { advance } from "../advance.ts";
import { taskId, text } from "../fields.ts";
import { decidedTogether } from "../questions/places.ts";
import { encodeTask, taskShape } from "../task-view.ts";
import { defineTool } from "../tool.ts";
import { sentence } from "../untrusted/mark.ts";

export const review_task = defineTool({
  title: "Review a listing",
  summary:
    "Approve or decline a task that waits for review, or a question with all its places. Declining refunds the escrow.",
  who: ["admin"],
  permission: "tasks:write",
  effect: "write",
  input: z
    .strictObject({
      taskId,
      decision: z.enum(["approve", "decline"]),
      reason: text(2000).optional().describe("Told to the agent; needed to decline"),
    })
    .refine((i) => i.decision === "approve" || i.reason, {
      path: ["reason"],
      message: "is needed to decline",
    }),
  output: z.object({ task: taskShape, message: sentence }),
  refusals: ["TASK_NOT_FOUND", "INVALID_STATUS", "DEADLINE_PASSED", "VALIDATION_ERROR"],
  async run(ctx, { decision, ...input }) {
    const approve = decision === "approve";
    const action = approve ? "approve_listing" : "decline_listing";
    const said: Record<string, string> = input.reason ? { reason: input.reason } : {};
    const others = (await decidedTogether(ctx, input.taskId)).filter((id) => id !== input.taskId);
    for (const id of others) await advance(ctx, action, id, said);
    const row = await advance(ctx, action, input.taskId, said);
    const message = approve ? "Listing approved" : "Listing declined and escrow refunded";
    return { task: encodeTask(row, ctx.actor), message };
  },
});
