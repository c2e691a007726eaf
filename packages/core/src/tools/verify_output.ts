import { z } from "zod";
import { category, text } from "../fields.ts";
import { postingRefusals } from "../posting.ts";
import { askFields, openQuestion } from "../questions/ask.ts";
import { verdictSchema } from "../questions/verify.ts";
import { findOwnQuestion, standShape } from "../questions/view.ts";
import { standWhenDone, waitsForAnswers } from "../questions/wait.ts";
import { defineTool } from "../tool.ts";

export const verify_output = defineTool({
  title: "Have an output checked",
  summary:
    "People check an output against criteria: verdict, score, corrections, sources; `verification` sums up. Costs and waits like ask_human. Confirm the sum with the user before calling.",
  who: ["agent"],
  permission: "tasks:write",
  effect: "write",
  money: true,
  waits: waitsForAnswers,
  rest: { method: "POST", path: "/verifications" },
  input: z.strictObject({
    output: text(10_000).describe("What to check"),
    criteria: z
      .array(text(200))
      .min(1)
      .max(15)
      .refine((all) => new Set(all).size === all.length, "must not name a criterion twice")
      .describe("Each answered by yes or no"),
    context: text(3000).optional().describe("What it is for"),
    category: category.default("expert_review"),
    ...askFields,
  }),
  output: standShape,
  refusals: [...postingRefusals, "FILE_NOT_FOUND"],
  async run(ctx, { output, criteria, context, category, waitSeconds, ...terms }) {
    const question = "Check the output below against each criterion. Say what is wrong, and how you know.";
    const given = [context, `The output to check:\n\n${output}`].filter(Boolean).join("\n\n");
    const asked = {
      kind: "verify",
      title: "Check an output",
      question,
      context: given,
      answerSchema: verdictSchema(criteria),
      words: [context ?? "", output, ...criteria],
      category,
    } as const;
    const id = await openQuestion(ctx, asked, terms);
    return standWhenDone(ctx, await findOwnQuestion(ctx, id), waitSeconds);
  },
});
