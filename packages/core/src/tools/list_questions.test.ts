import { expect, test } from "vitest";
import { answer, ask, check } from "../../test/ask.ts";
import { fieldsOf, testDeclared, testDoor } from "../../test/door.ts";
import { act, openWorld, REASON, refused } from "../../test/world.ts";
import type { Input } from "../call.ts";

const w = await openWorld();
const agent = await w.agent("Asker", 10_000);
const list = (input: Input<"list_questions"> = {}, actor = agent) =>
  w.core.call(actor, "list_questions", input);

testDoor(w, "list_questions", {
  may: ["agent"],
  permission: "tasks:read",
  input: { status: "open", limit: 1, page: 1 },
});

test("lists one's own, newest first, each as check_question tells it", async () => {
  const open = (await ask(w.core, agent, { question: "Which lamp is brighter?", reward: 2.5, people: 2 }))
    .questionId;
  await answer(w.core, await w.human(), open, "The left one.");
  const answered = (await ask(w.core, agent)).questionId;
  await answer(w.core, await w.human(), answered, "This.");
  const rejected = (await ask(w.core, agent, { payAfterHours: 24 })).questionId;
  await answer(w.core, await w.human(), rejected, "Nonsense.");
  const { taskId } = (await check(w.core, agent, rejected)).answers[0]!;
  await act(w.core, agent, "reject_submission", { taskId, reason: REASON });
  const off = (await ask(w.core, agent)).questionId;
  await act(w.core, agent, "cancel_question", { questionId: off });
  await ask(w.core, await w.agent("Other"));

  const { questions, pagination } = await list();
  expect(questions.map((q) => q.questionId)).toEqual([off, rejected, answered, open]);
  for (const { questionId, status, wanted, received, expiresAt } of questions) {
    expect(await check(w.core, agent, questionId)).toMatchObject({ status, wanted, received, expiresAt });
  }
  expect(pagination).toEqual({ page: 1, pageSize: 20, totalItems: 4, totalPages: 1 });
  expect(fieldsOf(questions[3]!)).toEqual(
    ["createdAt", "expiresAt", "questionId", "received", "reward", "status", "title", "wanted"].sort(),
  );
  expect(questions[3]).toMatchObject({ status: "open", reward: 2.5, wanted: 2, received: 1 });
  expect(questions[3]?.title).toContain("Which lamp");

  const ids = async (input: Input<"list_questions">) =>
    (await list(input)).questions.map((q) => q.questionId);
  expect(await ids({ status: "closed" })).toEqual([off, rejected]);
  expect(await ids({ status: "answered" })).toEqual([answered]);
  expect(await ids({ limit: 3, page: 2 })).toEqual([open]);
  expect((await list({ status: "closed", limit: 1 })).pagination.totalPages).toBe(2);
});

test("shows nobody another's", async () => {
  expect((await list({}, await w.agent())).questions).toEqual([]);
  await refused("FORBIDDEN", list({}, await w.human()));
});

test("its status is that of a question that waits for a review", async () => {
  const unsure = await openWorld({ riskGate: async () => ({ verdict: "unsure", category: "privacy" }) });
  const careful = await unsure.agent("Careful");
  const { questionId, status } = await ask(unsure.core, careful);
  expect(status).toBe("pending_review");
  const listed = await unsure.core.call(careful, "list_questions", { status: "pending_review" });
  expect(listed.questions).toMatchObject([{ questionId, status }]);
});

testDeclared("list_questions");
