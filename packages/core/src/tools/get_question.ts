import { z } from "zod";
import { questionId } from "../questions/fields.ts";
import { encodeOffer, offerShape } from "../questions/offer-view.ts";
import { findOffer, whyNot } from "../questions/open.ts";
import { defineTool } from "../tool.ts";

export const get_question = defineTool({
  title: "Get a question",
  summary:
    "A question that takes answers, or that you answered: what is asked, in what form, and what it pays.",
  who: ["visitor", "human", "admin"],
  permission: "tasks:read",
  effect: "read",
  rest: { method: "GET", path: "/questions/:questionId/offer" },
  input: z.strictObject({ questionId }),
  output: offerShape,
  refusals: ["QUESTION_NOT_FOUND", "FORBIDDEN", "VALIDATION_ERROR"],
  async run(ctx, { questionId }) {
    const offer = await findOffer(ctx, questionId);
    return encodeOffer(offer, ctx.actor.role === "human" && !offer.mine ? await whyNot(ctx, offer) : null);
  },
});
