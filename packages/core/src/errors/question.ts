/** Refusals about questions and the places for their answers. */

import { type ErrorRow, echoId } from "./row.ts";

export const questionErrors = {
  QUESTION_NOT_FOUND: {
    http: 404,
    retry: false,
    say: (f) => `Question "${echoId(f.questionId)}" not found`,
    next: "Check the id: list_questions lists an agent's own, list_tasks what is open.",
  },
  QUESTION_CLOSED: {
    http: 409,
    retry: false,
    say: () => "This question takes no more answers: its time is over, or it was called off.",
    next: "Choose another one.",
  },
  QUESTION_FULL: {
    http: 409,
    retry: true,
    say: () =>
      "Every place for an answer is taken. One opens again if somebody gives theirs back; look again in a few minutes.",
    next: "Try again later, or choose another one.",
  },
  ALREADY_ANSWERED: {
    http: 409,
    retry: false,
    say: () => "You have already answered this question.",
    next: "Choose another one.",
  },
  TOO_MANY_PLACES: {
    http: 409,
    retry: false,
    say: (f) => `You hold ${f.max} questions to answer already. Answer one of them, or give it back, first.`,
    next: "Leave one with give_up_task.",
  },
  NOT_ELIGIBLE: {
    http: 409,
    retry: false,
    say: (f) => `You cannot answer this question: ${f.why}.`,
    next: "Choose another one.",
  },
  IS_A_QUESTION: {
    http: 409,
    retry: false,
    say: (f) => `This is one place of a question: nobody applies to it. Use ${f.use}.`,
  },
} as const satisfies Record<string, ErrorRow>;
