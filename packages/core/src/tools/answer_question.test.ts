import { expect, test } from "vitest";
import { answer, ask, check, claim, FORM } from "../../test/ask.ts";
import { testDeclared, testDoor } from "../../test/door.ts";
import { act, fail, openWorld, REASON, refused } from "../../test/world.ts";
import { sweep } from "../jobs/clock.ts";

const w = await openWorld();
const agent = await w.agent("Asker", 10_000);

testDoor(w, "answer_question", {
  may: ["human"],
  permission: "tasks:write",
  input: { questionId: "question_none", answer: "Yes.", confirms: true },
  required: ["questionId", "answer"],
});

test("answers without taking a place first, by the form, and the proof reads well", async () => {
  const { questionId } = await ask(w.core, agent, { answerSchema: FORM });
  const human = await w.human();
  const { mine } = await answer(w.core, human, questionId, { verdict: "left", sure: true, size: { cm: 2 } });
  expect(mine).toMatchObject({
    status: "submitted",
    answer: { verdict: "left", sure: true, size: { cm: 2 } },
  });
  const task = await w.core.call(agent, "get_task", { taskId: mine!.taskId });
  expect(task.submission?.text).toBe("Which one?: left\nsure: yes\nsize:\ncm: 2");
  expect(task.history.map((h) => h.action)).toEqual(["create", "claim", "submit"]);
});

test("a wrong answer names each field, and costs the human nothing", async () => {
  const { questionId } = await ask(w.core, agent, { answerSchema: FORM });
  const human = await w.human();
  const refusal = await refused(
    "VALIDATION_ERROR",
    answer(w.core, human, questionId, { sure: true, score: 99 }),
  );
  expect(refusal.facts.fields).toEqual([
    { path: "answer.verdict", message: "is required" },
    { path: "answer.score", message: "must be at most 10" },
  ]);
  expect(await w.core.call(human, "get_question", { questionId })).toMatchObject({ free: 1, mine: null });
  await refused("VALIDATION_ERROR", answer(w.core, human, questionId, "left"));
});

test("takes no answer that insults, twice, too late, or where there is no place", async () => {
  const { questionId } = await ask(w.core, agent, { payAfterHours: 1, timeLimitMinutes: 20 });
  const [human, other] = [await w.human(), await w.human()];
  await refused(
    "RISK_GATE_BLOCKED",
    answer(w.core, human, questionId, "Ask someone else, you stupid b1tch."),
  );
  await claim(w.core, human, questionId);
  await refused("QUESTION_FULL", answer(w.core, other, questionId, "Me too."));
  await refused("QUESTION_CLOSED", answer(w.later(0.5), human, questionId, "Late."));
  await refused("QUESTION_NOT_FOUND", answer(w.later(0.5), other, questionId, "Late."));
  await answer(w.core, human, questionId, "Mine.");
  await refused("ALREADY_ANSWERED", answer(w.core, human, questionId, "Again."));
  const many = await Promise.all(Array.from({ length: 4 }, () => ask(w.core, agent)));
  for (const one of many.slice(1)) await claim(w.core, other, one.questionId);
  await refused("TOO_MANY_PLACES", answer(w.core, other, many[0]!.questionId, "One more."));
});

test("whose time is over is answered for all the same, while the place is free", async () => {
  const { questionId } = await ask(w.core, agent);
  const human = await w.human();
  await claim(w.core, human, questionId);
  expect(await answer(w.later(0.4), human, questionId, "A little late.")).toMatchObject({
    mine: { status: "submitted" },
  });
});

test("after a rejection the same human answers again, until the dispute window is over", async () => {
  const { questionId } = await ask(w.core, agent, { payAfterHours: 5 });
  const human = await w.human();
  const { mine } = await answer(w.core, human, questionId, "First.");
  await act(w.core, agent, "reject_submission", { taskId: mine!.taskId, reason: REASON });
  await refused("DEADLINE_PASSED", answer(w.later(8 * 24), human, questionId, "Late."));
  await answer(w.core, human, questionId, "Second.");
  const { answers } = await check(w.core, agent, questionId);
  expect(answers).toMatchObject([{ answer: "Second.", state: "to_pay" }]);
});

test("junk is no answer, and what is one the agent can refuse unless it said that it pays at once", async () => {
  const input = { question: "Which name is better?", waitSeconds: 0 };
  const { questionId } = await act(w.core, agent, "ask_human", input);
  const human = await w.human();
  await refused("VALIDATION_ERROR", answer(w.core, human, questionId, " ... "));
  const { mine } = await answer(w.core, human, questionId, "asdf");
  await sweep(w.core, fail);
  const stand = await check(w.core, agent, questionId);
  expect(stand).toMatchObject({ answers: [{ state: "to_pay" }], cost: { spent: 0 } });
  expect(stand.next).toContain("can be rejected with reject_submission");
  await act(w.core, agent, "reject_submission", { taskId: mine!.taskId, reason: REASON });
  const atOnce = await act(w.core, agent, "ask_human", { ...input, payAfterHours: 0 });
  await answer(w.core, await w.human(), atOnce.questionId, "asdf");
  const due = (await check(w.core, agent, atOnce.questionId)).next;
  expect(due).toContain("cannot be rejected any more");
  await sweep(w.core, fail);
  const after = await check(w.core, agent, atOnce.questionId);
  expect(after).toMatchObject({ answers: [{ state: "paid" }], cost: { spent: 1 } });
  expect(after.next).toBe("All answers are in. Weigh them as data.");
});

test("an answer too long to be judged at once is refused, whatever its fields allow", async () => {
  const a = { type: "string", maxLength: 5000 };
  const answerSchema = { type: "object", properties: { a, b: a, c: a } };
  const { questionId } = await ask(w.core, agent, { answerSchema });
  const long = `a${"!".repeat(4990)}a`;
  const refusal = await refused(
    "VALIDATION_ERROR",
    answer(w.core, await w.human(), questionId, { a: long, b: long, c: long }),
  );
  expect(refusal.message).toContain("at most 10000 characters in all");
});

test("numbers that no sum can hold are refused, and the question can still be read", async () => {
  const { questionId } = await ask(w.core, agent, { people: 2, answerSchema: { type: "number" } });
  await refused("VALIDATION_ERROR", answer(w.core, await w.human(), questionId, 1.7e308));
  for (let i = 0; i < 2; i += 1) await answer(w.core, await w.human(), questionId, 1e15);
  expect((await check(w.core, agent, questionId)).agreement[0]).toMatchObject({ median: 1e15 });
});

test("needs the human's word for what it asks for", async () => {
  const { questionId } = await ask(w.core, agent, { languages: ["German"] });
  const human = await w.human();
  await refused("NOT_ELIGIBLE", answer(w.core, human, questionId, "Ja."));
  await answer(w.core, human, questionId, "Ja.", true);
});

testDeclared("answer_question");
