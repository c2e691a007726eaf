import { z } from "zod";
import { text } from "../fields.ts";
import { postingRefusals } from "../posting.ts";
import { answerSchema, askFields, openQuestion, questionCategory } from "../questions/ask.ts";
import { wordsOf } from "../questions/rebuilt.ts";
import { formOf } from "../questions/schema.ts";
import { findOwnQuestion, standShape } from "../questions/view.ts";
import { standWhenDone, waitsForAnswers } from "../questions/wait.ts";
import { defineTool } from "../tool.ts";

export const ask_human = defineTool({
  title: "Ask people",
  summary:
    "Ask people a question and wait for answers; check_question tells what comes later. Locks reward × people, pays each valid answer by itself, refunds the rest. Confirm the sum with the user before calling.",
  who: ["agent"],
  permission: "tasks:write",
  effect: "write",
  money: true,
  waits: waitsForAnswers,
  rest: { method: "POST", path: "/questions" },
  input: z.strictObject({
    question: text(2000).describe("What to ask"),
    context: text(5000).optional().describe("What to know for it"),
    title: text(120).optional().describe("Default: the question's beginning"),
    answerSchema: answerSchema.optional(),
    category: questionCategory,
    ...askFields,
  }),
  output: standShape,
  refusals: [...postingRefusals, "FILE_NOT_FOUND"],
  async run(ctx, { question, context, title, answerSchema, category, waitSeconds, ...terms }) {
    const form = answerSchema ? wordsOf(formOf(answerSchema)) : [];
    const asked = {
      kind: "ask",
      title: title ?? beginning(question),
      question,
      context: context ?? null,
      answerSchema: answerSchema ?? null,
      words: [title ?? "", question, context ?? "", ...form],
      category,
    } as const;
    const id = await openQuestion(ctx, asked, terms);
    return standWhenDone(ctx, await findOwnQuestion(ctx, id), waitSeconds);
  },
});

/** The first line of a question, cut at a word. */
function beginning(question: string): string {
  const line = question.split("\n")[0]!.trim();
  return line.length <= 120 ? line : `${line.slice(0, 119).replace(/\s+\S*$/, "")}…`;
}
