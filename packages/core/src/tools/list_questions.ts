import { z } from "zod";
import { paging } from "../fields.ts";
import { listOwnQuestions, listShape } from "../questions/list.ts";
import { QUESTION_STATES } from "../questions/view.ts";
import { defineTool } from "../tool.ts";

export const list_questions = defineTool({
  title: "List questions",
  summary: "The questions that you asked, newest first; check_question tells the answers.",
  who: ["agent"],
  permission: "tasks:read",
  effect: "read",
  rest: { method: "GET", path: "/questions" },
  input: z.strictObject({ status: z.enum(QUESTION_STATES).optional(), ...paging }),
  output: listShape,
  refusals: ["FORBIDDEN", "VALIDATION_ERROR"],
  async run(ctx, input) {
    return listOwnQuestions(ctx, input);
  },
});
