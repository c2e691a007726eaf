/** Questions for tests: how one is asked, taken and answered. */

import { randomUUID } from "node:crypto";
import type { Input, Output } from "../src/call.ts";
import type { Actor } from "../src/context.ts";
import type { Core } from "../src/core.ts";
import type { Answer } from "../src/questions/schema.ts";

export type Asked = Partial<Input<"ask_human">>;

/** Asks and does not wait; an answer is paid when the clock next comes by. */
export const ask = (
  core: Core,
  agent: Actor,
  over: Asked = {},
  idempotencyKey: string = randomUUID(),
): Promise<Output<"ask_human">> =>
  core.call(
    agent,
    "ask_human",
    { question: "Which name is better?", waitSeconds: 0, payAfterHours: 0, ...over },
    { idempotencyKey },
  );

export const answer = (core: Core, human: Actor, questionId: string, given: Answer, confirms = false) =>
  core.call(human, "answer_question", { questionId, answer: given, confirms });

export const claim = (core: Core, human: Actor, questionId: string) =>
  core.call(human, "claim_question", { questionId });

export const check = (core: Core, agent: Actor, questionId: string) =>
  core.call(agent, "check_question", { questionId });

/** A form with a field of each kind. */
export const FORM = {
  type: "object",
  properties: {
    verdict: { type: "string", enum: ["left", "right"], title: "Which one?" },
    sure: { type: "boolean" },
    score: { type: "integer", minimum: 0, maximum: 10 },
    colours: { type: "array", items: { type: "string", enum: ["red", "green", "blue"] }, maxItems: 2 },
    why: { type: "string", maxLength: 200 },
    size: { type: "object", properties: { cm: { type: "number" } }, required: ["cm"] },
  },
  required: ["verdict", "sure"],
};
