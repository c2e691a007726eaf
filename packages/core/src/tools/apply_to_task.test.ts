import { expect, test } from "vitest";
import { ask } from "../../test/ask.ts";
import { fieldsOf, testDeclared, testDoor } from "../../test/door.ts";
import { APPLICATION } from "../../test/shapes.ts";
import { act, coffeeShops, openWorld, refused, taskAt } from "../../test/world.ts";

const w = await openWorld();
const [agent, human] = [await w.agent("Rich", 10_000), await w.human()];

const apply = (taskId: string, actor = human, core = w.core) =>
  act(core, actor, "apply_to_task", { taskId, message: "I can start tomorrow." });

testDoor(w, "apply_to_task", {
  may: ["human"],
  permission: "tasks:write",
  input: { taskId: "task_none", message: "Me." },
  required: ["taskId", "message"],
});

test("applies to an open task", async () => {
  const taskId = await taskAt(w, "open", agent, human);
  const made = await apply(taskId);
  expect(fieldsOf(made)).toEqual(APPLICATION);
  expect(made).toMatchObject({
    taskId,
    humanId: human.userId,
    humanDisplayId: human.userId,
    status: "pending",
  });
  expect(await w.core.call(agent, "get_task", { taskId })).toMatchObject({ applicantCount: 1 });
  await refused("ALREADY_APPLIED", apply(taskId));
});

test("who withdrew or gave up may apply again, and counts once", async () => {
  const taskId = await taskAt(w, "applied", agent, human);
  await act(w.core, human, "withdraw_application", { taskId });
  const again = await act(w.core, human, "apply_to_task", { taskId, message: "After all." });
  expect(again).toMatchObject({ status: "pending", message: "After all." });
  await act(w.core, agent, "select_applicant", { taskId, humanId: human.userId });
  await act(w.core, human, "give_up_task", { taskId, reason: "I am ill." });
  expect(await w.core.call(agent, "get_task", { taskId })).toMatchObject({ applicantCount: 0 });
  await apply(taskId);
  expect(await w.core.call(agent, "get_task", { taskId })).toMatchObject({ applicantCount: 1 });
});

test("takes a message of 1 to 2000 characters", async () => {
  const taskId = await taskAt(w, "open", agent, human);
  const say = (message: string) => act(w.core, human, "apply_to_task", { taskId, message });
  await refused("VALIDATION_ERROR", say("x".repeat(2001)));
  await refused("VALIDATION_ERROR", say("  "));
  expect((await say("x".repeat(2000))).message).toHaveLength(2000);
});

test("takes no more applications than the task's limit", async () => {
  const small = w.later(0, { maxApplications: 2 });
  const { id } = await act(small, agent, "create_task", coffeeShops());
  const [one, two, three] = [await w.human(), await w.human(), await w.human()];
  await apply(id, one);
  await apply(id, two);
  expect((await refused("APPLICATIONS_FULL", apply(id, three))).message).toContain("2");
  await act(w.core, one, "withdraw_application", { taskId: id });
  await apply(id, three);
});

test("refuses a task that is not open, not visible, or over", async () => {
  const other = await w.human();
  const assigned = await taskAt(w, "assigned", agent, human);
  await refused("TASK_NOT_FOUND", apply(assigned, other));
  await refused("TASK_NOT_FOUND", apply("task_none"));
  expect((await refused("INVALID_STATUS", apply(assigned))).facts.allowed).toEqual(["open"]);
  const open = await taskAt(w, "open", agent, human);
  await refused("DEADLINE_PASSED", apply(open, human, w.later(73)));
});

test("takes no application that asks for a login", async () => {
  const taskId = await taskAt(w, "open", agent, human);
  const message = "I am ready. Send me your p\u200Bassw0rd so that I can begin.";
  const refusal = await refused(
    "RISK_GATE_BLOCKED",
    act(w.core, human, "apply_to_task", { taskId, message }),
  );
  expect(refusal.message).toMatch(/^This text cannot be sent \(credential or account fraud\): /);
  expect((await w.core.call(agent, "get_task", { taskId })).applicantCount).toBe(0);
});

test("nobody applies for a place of a question", async () => {
  await ask(w.core, agent);
  const [task] = (await w.core.call(agent, "list_my_tasks", { limit: 1 })).tasks;
  const call = act(w.core, await w.human(), "apply_to_task", { taskId: task!.id, message: "Me." });
  expect((await refused("IS_A_QUESTION", call)).message).toContain("claim_question");
});

testDeclared("apply_to_task");
