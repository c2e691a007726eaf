import { z } from "zod";
import { advance } from "../advance.ts";
import { taskId } from "../fields.ts";
import { encodeTask, taskShape } from "../task-view.ts";
import { defineTool } from "../tool.ts";

export const lapse_claim = defineTool({
  title: "Let a claim lapse",
  summary: "The clock opens a question's place again whose holder gave no answer in time.",
  who: ["clock"],
  permission: null,
  effect: "write",
  input: z.strictObject({ taskId }),
  output: z.object({ task: taskShape }),
  refusals: ["TASK_NOT_FOUND", "INVALID_STATUS", "NOT_DUE", "VALIDATION_ERROR"],
  async run(ctx, input) {
    return { task: encodeTask(await advance(ctx, "lapse", input.taskId), ctx.actor) };
  },
});
