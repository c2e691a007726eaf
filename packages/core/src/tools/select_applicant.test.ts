import { expect, test } from "vitest";
import { fieldsOf, testDeclared, testDoor } from "../../test/door.ts";
import { TASK } from "../../test/shapes.ts";
import { act, openWorld, refused, taskAt } from "../../test/world.ts";

const w = await openWorld();
const [agent, human] = [await w.agent("Rich", 10_000), await w.human()];

const select = (taskId: string, humanId: string, key?: string) =>
  act(w.core, agent, "select_applicant", { taskId, humanId }, key);

testDoor(w, "select_applicant", {
  may: ["agent"],
  permission: "tasks:write",
  input: { taskId: "task_none", humanId: "user_x", confirmationToken: "ctk_x", idempotencyKey: "door" },
  required: ["taskId", "humanId"],
});

test("assigns the task and rejects the other pending applications", async () => {
  const [other, gone] = [await w.human(), await w.human()];
  const taskId = await taskAt(w, "applied", agent, human);
  for (const h of [other, gone]) await act(w.core, h, "apply_to_task", { taskId, message: "Me." });
  await act(w.core, gone, "withdraw_application", { taskId });
  const done = await select(taskId, human.userId);
  expect(fieldsOf(done)).toEqual(["message", "task"]);
  expect(fieldsOf(done.task)).toEqual(TASK);
  expect(done).toMatchObject({
    message: "Applicant selected",
    task: { id: taskId, status: "assigned", humanId: human.userId, humanDisplayId: human.userId },
  });
  expect(done.task.nextAt).toBe(done.task.deadline);
  const { applications } = await w.core.call(agent, "list_applicants", { taskId });
  expect(applications.map((a) => a.status)).toEqual(["accepted", "rejected", "withdrawn"]);
});

test("takes only a pending application", async () => {
  const [withdrawn, stranger] = [await w.human(), await w.human()];
  const taskId = await taskAt(w, "applied", agent, human);
  await act(w.core, withdrawn, "apply_to_task", { taskId, message: "Me." });
  await act(w.core, withdrawn, "withdraw_application", { taskId });
  for (const id of [stranger.userId, withdrawn.userId, agent.userId, "user_none"]) {
    const refusal = await refused("NO_PENDING_APPLICATION", select(taskId, id));
    expect(refusal.message).toContain(id);
  }
});

test("refuses a task that is not open, not known, or not one's own", async () => {
  const [assigned, applied] = [
    await taskAt(w, "assigned", agent, human),
    await taskAt(w, "applied", agent, human),
  ];
  expect((await refused("INVALID_STATUS", select(assigned, human.userId))).facts.allowed).toEqual(["open"]);
  const review = await taskAt(w, "pending_review", agent, human);
  await refused("INVALID_STATUS", select(review, human.userId));
  await refused("TASK_NOT_FOUND", select("task_none", human.userId));
  const stranger = await w.agent();
  const foreign = (taskId: string) =>
    act(w.core, stranger, "select_applicant", { taskId, humanId: human.userId });
  await refused("FORBIDDEN", foreign(applied));
  await refused("TASK_NOT_FOUND", foreign(assigned));
});

test("is too late after the deadline, even before the clock came", async () => {
  const taskId = await taskAt(w, "applied", agent, human);
  const late = act(w.later(73), agent, "select_applicant", { taskId, humanId: human.userId });
  await refused("DEADLINE_PASSED", late);
});

test("needs a key, its own body, and a confirmation from the set amount on", async () => {
  const taskId = await taskAt(w, "applied", agent, human);
  const input = { taskId, humanId: human.userId };
  await refused("IDEMPOTENCY_KEY_REQUIRED", w.core.call(agent, "select_applicant", input));
  const wrong = { ...input, confirmationToken: "ctk_unknown" };
  await refused("CONFIRMATION_INVALID", act(w.core, agent, "select_applicant", wrong));
  const strict = w.later(0, { confirmAbove: 150 });
  await refused("CONFIRMATION_REQUIRED", act(strict, agent, "select_applicant", input));
  await select(taskId, human.userId, "once");
  await refused("IDEMPOTENCY_KEY_REUSED", select(taskId, "user_none", "once"));
});

testDeclared("select_applicant");
