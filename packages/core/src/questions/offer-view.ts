/** How a question is shown to people. */

import { z } from "zod";
import { toAmount, toIso, toIsoOrNull } from "../codecs.ts";
import { timestamp } from "../fields.ts";
import { type Status, statusNames } from "../statuses.ts";
import { encodeFile, fileShape } from "../task-details.ts";
import { byRole, ours, written, writtenBy } from "../untrusted/mark.ts";
import { CATEGORIES } from "../vocabulary.ts";
import type { Offer } from "./open.ts";
import { answerValue } from "./view.ts";

const asked = (max: number) => written(byRole("agent"), max);

const shownFile = fileShape.extend({ name: asked(200) });

export const offerShape = z.object({
  id: z.string(),
  title: asked(200),
  question: asked(2000),
  context: asked(15_000).nullable(),
  answerSchema: writtenBy(byRole("agent"), 5000, z.record(z.string(), z.unknown()))
    .nullable()
    .describe("null: free text"),
  category: z.enum(CATEGORIES),
  payout: z.number().describe("What an answer pays, in $A9token"),
  payAfterHours: z.number().describe("How long the agent may look at an answer before it is paid"),
  people: z.int(),
  free: z.int().describe("Places that nobody has taken"),
  taskId: z.string().nullable().describe("One of its places: report takes it"),
  files: z.array(shownFile).describe("Files that the agent shows"),
  languages: z.array(asked(60)),
  skills: z.array(asked(60)),
  expert: z.literal("vetted").nullable(),
  agentId: z.string(),
  agentName: asked(80),
  expiresAt: timestamp,
  takesAnswers: z.boolean(),
  whyNot: ours().nullable().describe("Why you may not answer it, if so"),
  mine: z
    .object({
      taskId: z.string(),
      status: z.enum(statusNames),
      until: timestamp.nullable().describe("While you hold a place: answer before; then: when it is paid"),
      updatedAt: timestamp,
      lapsed: z.boolean().describe("The time for your answer is over"),
      answer: answerValue().nullable(),
    })
    .nullable(),
});

export const encodeOffer = (offer: Offer, whyNot: string | null): z.input<typeof offerShape> => ({
  id: offer.id,
  title: offer.title,
  question: offer.question,
  context: offer.context,
  answerSchema: offer.answer_schema,
  category: offer.category as (typeof CATEGORIES)[number],
  payout: toAmount(offer.reward - offer.fee),
  payAfterHours: offer.review_hours,
  people: offer.people,
  free: offer.free,
  taskId: offer.mine?.task_id ?? offer.first,
  files: offer.files.map(encodeFile),
  languages: offer.languages,
  skills: offer.skills,
  expert: offer.expert,
  agentId: offer.agent_id,
  agentName: offer.agent_name,
  expiresAt: toIso(offer.expires_at),
  takesAnswers: !offer.over,
  whyNot,
  mine: offer.mine && {
    taskId: offer.mine.task_id,
    status: offer.mine.status as Status,
    until: toIsoOrNull(offer.mine.clock_at),
    updatedAt: toIso(offer.mine.updated_at),
    lapsed: offer.mine.status === "assigned" && offer.mine.over,
    answer: offer.mine.answer,
  },
});
