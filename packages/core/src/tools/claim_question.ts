import { z } from "zod";
import { questionId } from "../questions/fields.ts";
import { encodeOffer, offerShape } from "../questions/offer-view.ts";
import { findOffer, placeRefusals, takePlace } from "../questions/open.ts";
import { defineTool } from "../tool.ts";

export const claim_question = defineTool({
  title: "Take a place to answer",
  summary:
    "Holds one place of a question for you for 15 minutes, or tells of the one that you hold. give_up_task gives it back.",
  who: ["human"],
  permission: "tasks:write",
  effect: "write",
  rest: { method: "POST", path: "/questions/:questionId/claim" },
  input: z.strictObject({
    questionId,
    confirms: z.boolean().default(false).describe("You have the languages and skills that it asks for"),
  }),
  output: offerShape,
  refusals: [...placeRefusals, "VALIDATION_ERROR"],
  async run(ctx, { questionId, confirms }) {
    await takePlace(ctx, await findOffer(ctx, questionId), confirms);
    return encodeOffer(await findOffer(ctx, questionId), null);
  },
});
