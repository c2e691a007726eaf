import { z } from "zod";
import { advance } from "../advance.ts";
import { taskId, text } from "../fields.ts";
import { vetSpeech } from "../risk/speech.ts";
import { encodeTask, taskShape } from "../task-view.ts";
import { defineTool } from "../tool.ts";
import { sentence } from "../untrusted/mark.ts";

export const give_up_task = defineTool({
  title: "Give a task back",
  summary:
    "Leave a task that you are assigned to, before its deadline and without penalty. It opens again. An admin can take it back for a human who cannot go on.",
  who: ["human", "admin"],
  permission: "tasks:write",
  effect: "write",
  input: z.strictObject({ taskId, reason: text(1000).describe("Why, for the agent") }),
  output: z.object({ task: taskShape, message: sentence }),
  refusals: [
    "TASK_NOT_FOUND",
    "FORBIDDEN",
    "INVALID_STATUS",
    "DEADLINE_PASSED",
    "RISK_GATE_BLOCKED",
    "VALIDATION_ERROR",
  ],
  async run(ctx, input) {
    vetSpeech(input.reason);
    const row = await advance(ctx, "give_up", input.taskId, { reason: input.reason });
    return { task: encodeTask(row, ctx.actor), message: "Task given back" };
  },
});
