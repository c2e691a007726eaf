import { expect, test } from "vitest";
import { fieldsOf, testDeclared, testDoor } from "../../test/door.ts";
import { APPLICATION, TASK } from "../../test/shapes.ts";
import { act, openWorld, taskAt } from "../../test/world.ts";

const w = await openWorld();
const [agent, human] = [await w.agent("Rich", 10_000), await w.human()];

testDoor(w, "list_my_applications", {
  may: ["human"],
  permission: "tasks:read",
  input: { limit: 1, page: 1 },
});

test("lists the human's own applications with their tasks, the last changed first", async () => {
  const first = await taskAt(w, "applied", agent, human);
  const second = await taskAt(w, "assigned", agent, human);
  await taskAt(w, "applied", agent, await w.human());
  const list = (more: { limit?: number; page?: number } = {}) =>
    w.core.call(human, "list_my_applications", more);
  const mine = await list();
  expect(fieldsOf(mine)).toEqual(["applications", "pagination"]);
  expect(fieldsOf(mine.applications[0]!)).toEqual([...APPLICATION, "task"].sort());
  expect(fieldsOf(mine.applications[0]!.task)).toEqual(TASK);
  expect(mine.applications.map((a) => [a.taskId, a.status, a.task.status])).toEqual([
    [second, "accepted", "assigned"],
    [first, "pending", "open"],
  ]);
  expect(mine.pagination).toEqual({ page: 1, pageSize: 20, totalItems: 2, totalPages: 1 });
  await act(w.core, human, "withdraw_application", { taskId: first });
  const top = await list({ limit: 1 });
  expect(top.applications).toMatchObject([{ taskId: first, status: "withdrawn" }]);
  expect((await list({ limit: 1, page: 2 })).applications).toMatchObject([{ taskId: second }]);
});

testDeclared("list_my_applications");
