import { z } from "zod";
import { questionId } from "../questions/fields.ts";
import { findOwnQuestion, standShape } from "../questions/view.ts";
import { standWhenDone } from "../questions/wait.ts";
import { defineTool } from "../tool.ts";

export const check_question = defineTool({
  title: "Check a question",
  summary: "The answers to your question so far, how far they agree, and what they cost.",
  who: ["agent"],
  permission: "tasks:read",
  effect: "read",
  rest: { method: "GET", path: "/questions/:questionId" },
  input: z.strictObject({
    questionId,
    waitSeconds: z.int().min(0).max(50).default(0).describe("Wait for more"),
  }),
  output: standShape,
  refusals: ["QUESTION_NOT_FOUND", "FORBIDDEN", "VALIDATION_ERROR"],
  async run(ctx, { questionId, waitSeconds }) {
    return standWhenDone(ctx, await findOwnQuestion(ctx, questionId), waitSeconds);
  },
});
