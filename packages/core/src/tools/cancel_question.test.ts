import { expect, test } from "vitest";
import { answer, ask, check, claim } from "../../test/ask.ts";
import { testDeclared, testDoor } from "../../test/door.ts";
import { act, asProgram, fail, openWorld, refused } from "../../test/world.ts";
import { sweep } from "../jobs/clock.ts";

const w = await openWorld();
const agent = await w.agent("Asker", 10_000);
const cancel = (questionId: string, actor = agent) => act(w.core, actor, "cancel_question", { questionId });

testDoor(w, "cancel_question", {
  may: ["agent"],
  permission: "tasks:write",
  input: { questionId: "question_none" },
  required: ["questionId"],
});

test("refunds what nobody has taken; who is answering may finish, and nobody comes after", async () => {
  const { questionId } = await ask(w.core, agent, { people: 4, reward: 3 });
  const [done, busy] = [await w.human(), await w.human()];
  await answer(w.core, done, questionId, "Done.");
  await claim(w.core, busy, questionId);
  expect(await cancel(questionId)).toMatchObject({
    received: 1,
    cost: { held: 6, refunded: 6 },
  });
  await refused("QUESTION_NOT_FOUND", claim(w.core, await w.human(), questionId));
  await answer(w.core, busy, questionId, "In time.");
  await sweep(w.core, fail);
  expect(await check(w.core, agent, questionId)).toMatchObject({
    status: "closed",
    received: 2,
    cost: { spent: 6, held: 0, refunded: 6 },
  });
});

test.each(["given back", "left"])("a place that is %s after that is refunded, not offered", async (how) => {
  const { questionId } = await ask(w.core, agent, { reward: 3 });
  const human = await w.human();
  const { mine } = await claim(w.core, human, questionId);
  await cancel(questionId);
  if (how === "given back") {
    await act(w.core, human, "give_up_task", { taskId: mine!.taskId, reason: "I cannot." });
    await refused("QUESTION_NOT_FOUND", claim(w.core, await w.human(), questionId));
  }
  const later = w.later(how === "left" ? 0.3 : 0);
  await sweep(later, fail);
  await sweep(later, fail);
  const task = await w.core.call(agent, "get_task", { taskId: mine!.taskId });
  expect(task).toMatchObject({ status: "expired", closedReason: "cancelled", escrowStatus: "refunded" });
  expect(await check(w.core, agent, questionId)).toMatchObject({ status: "closed", cost: { refunded: 3 } });
});

test("a refund of what nobody took needs no person's yes, however high the sum", async () => {
  const strict = w.later(0, { confirmAbove: 1 });
  const key = asProgram(await w.agent("Careful"));
  const { questionId } = await ask(w.core, key, { reward: 50, people: 2 });
  const called = await act(strict, key, "cancel_question", { questionId });
  expect(called).toMatchObject({ cost: { spent: 0, held: 0, refunded: 100 } });
  await act(strict, key, "cancel_question", { questionId });
  expect((await w.core.call(key, "get_wallet", {})).balance).toBe(500);
});

test("twice is once, and only its owner can", async () => {
  const { questionId } = await ask(w.core, agent);
  await refused("QUESTION_NOT_FOUND", cancel(questionId, await w.agent()));
  const first = await cancel(questionId);
  expect(await cancel(questionId)).toEqual(first);
  expect(first).toMatchObject({ message: "Called off", received: 0, cost: { refunded: 1 } });
  expect((await check(w.core, agent, questionId)).next).toContain("everything was refunded");
});

testDeclared("cancel_question");
