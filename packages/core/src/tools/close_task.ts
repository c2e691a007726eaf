import { z } from "zod";
import { advance } from "../advance.ts";
import { taskId } from "../fields.ts";
import { encodeTask, taskShape } from "../task-view.ts";
import { defineTool } from "../tool.ts";

export const close_task = defineTool({
  title: "Close a rejected task",
  summary: "The clock closes a rejection that nobody disputed in time and refunds its escrow.",
  who: ["clock"],
  permission: null,
  effect: "destroy",
  input: z.strictObject({ taskId }),
  output: z.object({ task: taskShape }),
  refusals: ["TASK_NOT_FOUND", "INVALID_STATUS", "NOT_DUE", "VALIDATION_ERROR"],
  async run(ctx, input) {
    return { task: encodeTask(await advance(ctx, "close", input.taskId), ctx.actor) };
  },
});
