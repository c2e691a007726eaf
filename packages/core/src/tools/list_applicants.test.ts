import { expect, test } from "vitest";
import { fieldsOf, testDeclared, testDoor } from "../../test/door.ts";
import { APPLICATION } from "../../test/shapes.ts";
import { act, openWorld, refused, taskAt } from "../../test/world.ts";

const w = await openWorld();
const [agent, human] = [await w.agent("Rich", 10_000), await w.human()];

testDoor(w, "list_applicants", {
  may: ["agent", "admin"],
  permission: "tasks:read",
  input: { taskId: "task_none" },
  required: ["taskId"],
});

test("lists who applied, first come first", async () => {
  const taskId = await taskAt(w, "open", agent, human);
  const second = await w.human("Jonas\u202E");
  await act(w.core, human, "apply_to_task", { taskId, message: "I live in Jing'an, can start tomorrow." });
  await act(w.core, second, "apply_to_task", { taskId, message: "Hid\u200Bden" });
  const listed = await w.core.call(agent, "list_applicants", { taskId });
  expect(fieldsOf(listed)).toEqual(["applications", "taskId", "total", "untrusted"]);
  expect(listed).toMatchObject({ taskId, total: 2 });
  expect(fieldsOf(listed.applications[0]!)).toEqual([...APPLICATION, "humanName"].sort());
  expect(listed.applications).toMatchObject([
    {
      humanId: human.userId,
      humanDisplayId: human.userId,
      humanName: "Test Human",
      status: "pending",
      message: "I live in Jing'an, can start tomorrow.",
    },
    { humanId: second.userId, humanName: "Jonas", message: "Hidden" },
  ]);
  expect(listed.applications[0]?.id).toMatch(/^app_/);
  await act(w.core, agent, "select_applicant", { taskId, humanId: second.userId });
  const after = await w.core.call(w.admin, "list_applicants", { taskId });
  expect(after.applications.map((a) => a.status)).toEqual(["rejected", "accepted"]);
});

test("a task without applicants has none", async () => {
  const taskId = await taskAt(w, "open", agent, human);
  expect(await w.core.call(agent, "list_applicants", { taskId })).toEqual({
    taskId,
    applications: [],
    total: 0,
  });
});

test("is for the owner alone", async () => {
  const [open, assigned] = [await taskAt(w, "open", agent, human), await taskAt(w, "assigned", agent, human)];
  const stranger = await w.agent();
  await refused("FORBIDDEN", w.core.call(stranger, "list_applicants", { taskId: open }));
  await refused("TASK_NOT_FOUND", w.core.call(stranger, "list_applicants", { taskId: assigned }));
  await refused("TASK_NOT_FOUND", w.core.call(agent, "list_applicants", { taskId: "task_none" }));
});

testDeclared("list_applicants");
