import { z } from "zod";
import { advance } from "../advance.ts";
import { taskId } from "../fields.ts";
import { encodeTask, taskShape } from "../task-view.ts";
import { defineTool } from "../tool.ts";

export const expire_task = defineTool({
  title: "Expire a task",
  summary: "The clock ends a task whose deadline has passed and refunds its escrow.",
  who: ["clock"],
  permission: null,
  effect: "destroy",
  input: z.strictObject({ taskId }),
  output: z.object({ task: taskShape }),
  refusals: ["TASK_NOT_FOUND", "INVALID_STATUS", "NOT_DUE", "VALIDATION_ERROR"],
  async run(ctx, input) {
    return { task: encodeTask(await advance(ctx, "expire", input.taskId), ctx.actor) };
  },
});
