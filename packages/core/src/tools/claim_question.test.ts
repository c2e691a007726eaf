import { expect, test } from "vitest";
import { answer, ask, check, claim } from "../../test/ask.ts";
import { testDeclared, testDoor } from "../../test/door.ts";
import { act, fail, openWorld, refused } from "../../test/world.ts";
import { sweep } from "../jobs/clock.ts";

const w = await openWorld();
const agent = await w.agent("Asker", 100_000);

testDoor(w, "claim_question", {
  may: ["human"],
  permission: "tasks:write",
  input: { questionId: "question_none", confirms: true },
  required: ["questionId"],
});

test("holds a place for 15 minutes, and tells of the same one again", async () => {
  const { questionId } = await ask(w.core, agent, { people: 2 });
  const human = await w.human();
  const { mine } = await claim(w.core, human, questionId);
  const minutes = (new Date(mine!.until!).getTime() - w.core.now().getTime()) / 60_000;
  expect(minutes).toBeGreaterThan(14);
  expect(minutes).toBeLessThan(15.1);
  expect((await claim(w.core, human, questionId)).mine).toEqual(mine);
  const task = await w.core.call(human, "get_task", { taskId: mine!.taskId });
  expect(task).toMatchObject({
    status: "assigned",
    nextAction: "lapse",
    allowedActions: ["give_up", "submit"],
  });
  const { tasks } = await w.core.call(human, "list_my_tasks", {});
  expect(tasks).toMatchObject([{ id: mine!.taskId, questionId }]);
});

test("a place is held until the question ends, at most", async () => {
  const { questionId, expiresAt } = await ask(w.core, agent, { timeLimitMinutes: 5 });
  expect((await claim(w.core, await w.human(), questionId)).mine?.until).toBe(expiresAt);
});

test("more people than places: who comes late is told, and gets the place that is given back or lapses", async () => {
  const { questionId } = await ask(w.core, agent, { timeLimitMinutes: 120 });
  const [first, second, third] = [await w.human(), await w.human(), await w.human()];
  const { mine } = await claim(w.core, first, questionId);
  await refused("QUESTION_FULL", claim(w.core, second, questionId));
  await act(w.core, first, "give_up_task", { taskId: mine!.taskId, reason: "No time." });
  await claim(w.core, second, questionId);
  const later = w.later(0.3);
  expect((await later.call(second, "get_question", { questionId })).mine).toMatchObject({ lapsed: true });
  // The clock has not come by: the place is free all the same.
  await claim(later, third, questionId);
  await refused("QUESTION_FULL", claim(later, second, questionId));
});

test("the clock opens a lapsed place again, and its holder may come back, but not for ever", async () => {
  const { questionId } = await ask(w.core, agent, { timeLimitMinutes: 600 });
  const human = await w.human();
  for (const hours of [0, 1, 2]) {
    await claim(w.later(hours), human, questionId);
    const after = w.later(hours + 0.5);
    if (hours === 1) continue; // their own lapsed place, taken again before the clock comes by
    await sweep(after, fail);
    expect(await after.call(human, "get_question", { questionId })).toMatchObject({ free: 1, mine: null });
  }
  await refused("NOT_ELIGIBLE", claim(w.later(3), human, questionId));
});

test("one person has one place of a question, and three at once in all", async () => {
  const human = await w.human();
  const { questionId } = await ask(w.core, agent, { people: 5, payAfterHours: 5 });
  await answer(w.core, human, questionId, "Mine.");
  await refused("ALREADY_ANSWERED", claim(w.core, human, questionId));
  for (let i = 0; i < 3; i += 1) await claim(w.core, human, (await ask(w.core, agent)).questionId);
  await refused("TOO_MANY_PLACES", claim(w.core, human, (await ask(w.core, agent)).questionId));
});

test("a question that ended between the look and the claim is closed", async () => {
  const human = await w.human();
  const { questionId } = await ask(w.core, agent, { timeLimitMinutes: 5 });
  await claim(w.core, human, questionId);
  await refused("QUESTION_CLOSED", claim(w.later(0.2), human, questionId));
  await refused("QUESTION_NOT_FOUND", claim(w.core, human, "question_none"));
});

test("languages and skills are for the human to confirm", async () => {
  const { questionId } = await ask(w.core, agent, { languages: ["German"], skills: ["birds"] });
  const human = await w.human();
  const refusal = await refused("NOT_ELIGIBLE", claim(w.core, human, questionId));
  expect(refusal.message).toContain("German, birds");
  await w.core.call(human, "claim_question", { questionId, confirms: true });
});

test("nobody applies to a question, selects for it, or hands in a proof without its form", async () => {
  const { questionId } = await ask(w.core, agent);
  const human = await w.human();
  const taskId = (await w.core.call(human, "get_question", { questionId })).taskId!;
  await refused("IS_A_QUESTION", act(w.core, human, "apply_to_task", { taskId, message: "Me." }));
  const select = act(w.core, agent, "select_applicant", { taskId, humanId: human.userId });
  await refused("NO_PENDING_APPLICATION", select);
  await claim(w.core, human, questionId);
  await refused("IS_A_QUESTION", act(w.core, human, "submit_proof", { taskId, text: "No form." }));
  const offered = (await w.core.call(agent, "get_task", { taskId })).allowedActions;
  expect(offered).toEqual([]);
});

test("a suspended human's place opens again", async () => {
  const { questionId } = await ask(w.core, agent);
  const human = await w.human();
  await claim(w.core, human, questionId);
  await act(w.core, w.admin, "suspend_user", { userId: human.userId, reason: "Answers for others." });
  await answer(w.core, await w.human(), questionId, "Me then.");
  expect(await check(w.core, agent, questionId)).toMatchObject({ status: "answered" });
});

testDeclared("claim_question");
