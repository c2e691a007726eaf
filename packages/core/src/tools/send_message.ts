import { z } from "zod";
import { clockNow, messages } from "../db/schema.ts";
import { Refusal } from "../errors.ts";
import { taskId, text } from "../fields.ts";
import { vetSpeech } from "../risk/speech.ts";
import { findOwnTask } from "../task-view.ts";
import { encodeMessage, messageShape } from "../thread.ts";
import { defineTool } from "../tool.ts";

/** get_messages gives the full history, so it has to stay of a size that can be read. */
const MOST_MESSAGES = 1000;

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
  refusals: [
    "TASK_NOT_FOUND",
    "FORBIDDEN",
    "CONTENT_TOO_LONG",
    "NOT_ASSIGNED",
    "CHAT_FULL",
    "RISK_GATE_BLOCKED",
    "VALIDATION_ERROR",
  ],
  refuseAs: { "content.too_big": "CONTENT_TOO_LONG" },
  async run(ctx, input) {
    vetSpeech(input.content);
    const task = await findOwnTask(ctx, input.taskId);
    if (!task.human_id) throw new Refusal("NOT_ASSIGNED");
    const [thread] = await ctx.sql`select count(*)::int as messages from message where task_id = ${task.id}`;
    if (thread?.messages >= MOST_MESSAGES) throw new Refusal("CHAT_FULL", { max: MOST_MESSAGES });
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
    return encodeMessage(message!, task);
  },
});
