import { and, asc, eq } from "drizzle-orm";
import { z } from "zod";
import { messages } from "../db/schema.ts";
import { taskId } from "../fields.ts";
import { findOwnTask } from "../task-view.ts";
import { encodeMessage, messageShape } from "../thread.ts";
import { defineTool } from "../tool.ts";

export const get_messages = defineTool({
  title: "Read messages",
  summary: "Read the full message history of a task, oldest first. Only its participants can read.",
  who: ["agent", "human", "admin"],
  permission: "messages:read",
  effect: "read",
  contract: true,
  input: z.strictObject({ taskId }),
  output: z.object({ taskId: z.string(), messages: z.array(messageShape), total: z.int() }),
  refusals: ["TASK_NOT_FOUND", "FORBIDDEN", "VALIDATION_ERROR"],
  async run(ctx, input) {
    const task = await findOwnTask(ctx, input.taskId);
    const own = ctx.actor.role === "human" ? eq(messages.humanId, ctx.actor.userId) : undefined;
    const found = await ctx.db
      .select()
      .from(messages)
      .where(and(eq(messages.taskId, task.id), own))
      .orderBy(asc(messages.createdAt), asc(messages.id));
    const list = found.map((m) => encodeMessage(m, task));
    return { taskId: task.id, messages: list, total: list.length };
  },
});
