import { expect, test } from "vitest";
import { fieldsOf, testDeclared, testDoor } from "../../test/door.ts";
import { APPLICATION } from "../../test/shapes.ts";
import { act, openWorld, refused, taskAt } from "../../test/world.ts";

const w = await openWorld();
const [agent, human] = [await w.agent("Rich", 10_000), await w.human()];

const withdraw = (taskId: string, actor = human, core = w.core) =>
  act(core, actor, "withdraw_application", { taskId });

testDoor(w, "withdraw_application", {
  may: ["human"],
  permission: "tasks:write",
  input: { taskId: "task_none" },
  required: ["taskId"],
});

test("takes a pending application back", async () => {
  const taskId = await taskAt(w, "applied", agent, human);
  const gone = await withdraw(taskId);
  expect(fieldsOf(gone)).toEqual(APPLICATION);
  expect(gone).toMatchObject({ taskId, status: "withdrawn" });
  expect(await w.core.call(agent, "get_task", { taskId })).toMatchObject({ applicantCount: 0 });
  await refused("NO_PENDING_APPLICATION", withdraw(taskId));
});

test("refuses who has none, and a task that is not open, not known, or over", async () => {
  const taskId = await taskAt(w, "applied", agent, human);
  await refused("NO_PENDING_APPLICATION", withdraw(taskId, await w.human()));
  await refused("DEADLINE_PASSED", withdraw(taskId, human, w.later(73)));
  await refused("INVALID_STATUS", withdraw(await taskAt(w, "assigned", agent, human)));
  await refused("TASK_NOT_FOUND", withdraw("task_none"));
});

testDeclared("withdraw_application");
