import { z } from "zod";
import { clockNow, messages } from "../db/schema.ts";
import { Refusal } from "../errors.ts";
import { taskId, text } from "../fields.ts";
import { findOwnTask } from "../task-view.ts";
import { encodeMessage, messageShape } from "../thread.ts";
import { defineTool } from "../tool.ts";

export const send_message = defineTool({
  title: "Send a message",
  summary:
    "Send a message in the task's chat. Only its participants, the agent and the assigned human, can write.",
  who: ["agent", "human"],
  permission: "messages:write",
  effect: "write",
  contract: true,
  input: z.strictObject({ taskId, content: text(2000).describe("Message content (max 2 000 chars)") }),
  output: messageShape,
  refusals: ["TASK_NOT_FOUND", "FORBIDDEN", "CONTENT_TOO_LONG", "NOT_ASSIGNED", "VALIDATION_ERROR"],
  refuseAs: { "content.too_big": "CONTENT_TOO_LONG" },
  async run(ctx, input) {
    const task = await findOwnTask(ctx, input.taskId);
    if (!task.human_id) throw new Refusal("NOT_ASSIGNED");
    const [message] = await ctx.db
      .insert(messages)
      .values({
        id: ctx.id("msg"),
        taskId: task.id,
        humanId: task.human_id,
        senderId: ctx.actor.userId,
        content: input.content,
        createdAt: clockNow,
      })
      .returning();
    return encodeMessage(message!, task, ctx.actor);
  },
});
