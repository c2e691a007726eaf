import { z } from "zod";
import { advance } from "../advance.ts";
import { clockNow, submissions } from "../db/schema.ts";
import { Refusal } from "../errors.ts";
import { sayFaults } from "../faults.ts";
import { checkAnswer, readable } from "../questions/answer.ts";
import { questionId } from "../questions/fields.ts";
import { encodeOffer, offerShape } from "../questions/offer-view.ts";
import { findOffer, placeRefusals, takePlace } from "../questions/open.ts";
import { formOfRow } from "../questions/view.ts";
import { vetSpeech } from "../risk/speech.ts";
import { defineTool } from "../tool.ts";

const text = z.string().max(10_000);

export const answer_question = defineTool({
  title: "Answer a question",
  summary:
    "Gives your answer to a question, in the place that you hold or in a free one; or again, after a rejection. It is checked against the question's answerSchema.",
  who: ["human"],
  permission: "tasks:write",
  effect: "write",
  rest: { method: "POST", path: "/questions/:questionId/answer" },
  input: z.strictObject({
    questionId,
    answer: z
      .union([
        text,
        z.number(),
        z.boolean(),
        z.array(text).max(50),
        z.record(z.string().max(40), z.unknown()),
      ])
      .describe("As the answerSchema has it, else text"),
    confirms: z.boolean().default(false).describe("You have the languages and skills that it asks for"),
  }),
  output: offerShape,
  refusals: [...placeRefusals, "DEADLINE_PASSED", "RISK_GATE_BLOCKED", "VALIDATION_ERROR"],
  async run(ctx, { questionId, answer: given, confirms }) {
    const offer = await findOffer(ctx, questionId);
    const form = formOfRow(offer);
    const checked = checkAnswer(form, given);
    if ("faults" in checked) {
      const fields = checked.faults.map((f) => ({
        ...f,
        path: `answer.${f.path}`.replace(/^answer\.answer$/, "answer"),
      }));
      const faults = fields.map((f) => ({ ...f, code: "custom", limit: null }));
      throw new Refusal("VALIDATION_ERROR", { message: sayFaults(faults), fields });
    }
    const body = readable(form, checked.answer);
    vetSpeech(body);
    const again = offer.mine?.status === "rejected_by_agent";
    const taskId = again ? offer.mine!.task_id : await takePlace(ctx, offer, confirms);
    const row = await advance(ctx, again ? "resubmit" : "submit", taskId);
    await ctx.db.insert(submissions).values({
      id: ctx.id("sub"),
      taskId,
      seq: row.seq,
      humanId: ctx.actor.userId,
      body: body.slice(0, 10_000),
      links: [],
      answer: checked.answer,
      createdAt: clockNow,
    });
    return encodeOffer(await findOffer(ctx, questionId), null);
  },
});
