import type { Actor } from "../../src/context.ts";
import type { Core } from "../../src/core.ts";
import { act } from "../world.ts";

/** A stranger's questions, which everybody sees listed, and the agent's own with an answer; answers the id of that. */
export async function plantQuestions(
  core: Core,
  { stranger, agent, human }: Record<"stranger" | "agent" | "human", Actor>,
  canary: (input: string) => string,
): Promise<string> {
  const needs = (tool: string) => ({
    languages: [canary(`${tool}.languages[]`).slice(0, 60)],
    skills: [canary(`${tool}.skills[]`).slice(0, 60)],
    waitSeconds: 0,
  });
  await act(core, stranger, "ask_human", {
    question: canary("ask_human.question"),
    context: canary("ask_human.context"),
    title: canary("ask_human.title"),
    answerSchema: { type: "string", title: canary("ask_human.answerSchema") },
    ...needs("ask_human"),
  });
  await act(core, stranger, "verify_output", {
    output: canary("verify_output.output"),
    criteria: [canary("verify_output.criteria[]")],
    context: canary("verify_output.context"),
    ...needs("verify_output"),
  });
  const answerSchema = { type: "object", properties: { why: { type: "string" } } };
  const question = { question: "Is it a duck?", people: 2, answerSchema, waitSeconds: 0 };
  const { questionId } = await act(core, agent, "ask_human", question);
  await act(core, human, "answer_question", {
    questionId,
    answer: { why: canary("answer_question.answer") },
  });
  return questionId;
}
