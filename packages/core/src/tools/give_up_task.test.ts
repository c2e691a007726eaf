import { expect, test } from "vitest";
import { fieldsOf, testDeclared, testDoor } from "../../test/door.ts";
import { TASK } from "../../test/shapes.ts";
import { act, openWorld, refused, taskAt } from "../../test/world.ts";

const w = await openWorld();
const [agent, human] = [await w.agent("Rich", 10_000), await w.human()];

const giveUp = (taskId: string, actor = human, core = w.core) =>
  act(core, actor, "give_up_task", { taskId, reason: "I broke my camera." });

testDoor(w, "give_up_task", {
  may: ["human", "admin"],
  permission: "tasks:write",
  input: { taskId: "task_none", reason: "Ill." },
  required: ["taskId", "reason"],
});

test("opens the task again; who was passed over is a candidate again", async () => {
  const other = await w.human();
  const taskId = await taskAt(w, "applied", agent, human);
  await act(w.core, other, "apply_to_task", { taskId, message: "Me." });
  await act(w.core, agent, "select_applicant", { taskId, humanId: human.userId });
  const done = await giveUp(taskId);
  expect(fieldsOf(done)).toEqual(["message", "task"]);
  expect(fieldsOf(done.task)).toEqual(TASK);
  expect(done).toMatchObject({ message: "Task given back", task: { status: "open", humanId: null } });
  const { applications } = await w.core.call(agent, "list_applicants", { taskId });
  expect(applications.map((a) => a.status)).toEqual(["withdrawn", "pending"]);
  await act(w.core, agent, "select_applicant", { taskId, humanId: other.userId });
});

test("refuses a task that is not assigned, not one's own, not known, or over", async () => {
  const [open, submitted, assigned] = [
    await taskAt(w, "open", agent, human),
    await taskAt(w, "submitted", agent, human),
    await taskAt(w, "assigned", agent, human),
  ];
  expect((await refused("INVALID_STATUS", giveUp(submitted))).facts.allowed).toEqual(["assigned"]);
  await refused("FORBIDDEN", giveUp(open));
  await refused("TASK_NOT_FOUND", giveUp(assigned, await w.human()));
  await refused("TASK_NOT_FOUND", giveUp("task_none"));
  await refused("DEADLINE_PASSED", giveUp(assigned, human, w.later(73)));
  const long = act(w.core, human, "give_up_task", { taskId: assigned, reason: "x".repeat(1001) });
  await refused("VALIDATION_ERROR", long);
});

test("the reason is for the agent to read: no threats", async () => {
  const taskId = await taskAt(w, "assigned", agent, human);
  const reason = "I will find you.";
  await refused("RISK_GATE_BLOCKED", act(w.core, human, "give_up_task", { taskId, reason }));
});

test("an admin takes a task back for its human, and the record says who left", async () => {
  const taskId = await taskAt(w, "assigned", agent, human);
  const { task } = await giveUp(taskId, w.admin);
  expect(task).toMatchObject({ status: "open", humanId: null });
  const [event] = await w.core.client`
    select role, actor, data from task_event where task_id = ${taskId} order by seq desc limit 1`;
  expect(event).toMatchObject({ role: "admin", actor: w.admin.userId, data: { humanId: human.userId } });
});

testDeclared("give_up_task");
