import { expect, test } from "vitest";
import { fieldsOf, testDeclared, testDoor } from "../../test/door.ts";
import { TASK } from "../../test/shapes.ts";
import { act, coffeeShops, openWorld, taskAt } from "../../test/world.ts";
import type { Input } from "../call.ts";
import type { Actor } from "../context.ts";

const w = await openWorld();
const [agent, human] = [await w.agent("Rich", 10_000), await w.human()];

testDoor(w, "list_my_tasks", {
  may: ["agent", "human"],
  permission: "tasks:read",
  input: { status: "open", search: "task", limit: 1, page: 1 },
});

test("lists what an agent posted and a human was assigned to, the last changed first", async () => {
  const open = await taskAt(w, "applied", agent, human);
  const assigned = await taskAt(w, "assigned", agent, human);
  const rejected = await taskAt(w, "rejected_by_agent", agent, human);
  await taskAt(w, "assigned", await w.agent(), await w.human());
  const ids = async (actor: Actor, more: Input<"list_my_tasks"> = {}) =>
    (await w.core.call(actor, "list_my_tasks", more)).tasks.map((t) => t.id);
  expect(await ids(agent)).toEqual([rejected, assigned, open]);
  expect(await ids(human)).toEqual([rejected, assigned]);
  expect(await ids(agent, { status: "open" })).toEqual([open]);
  expect(await ids(human, { status: "rejected" })).toEqual([rejected]);
  expect(await ids(agent, { limit: 2, page: 2 })).toEqual([open]);
  await act(w.core, human, "submit_proof", { taskId: assigned, text: "Done." });
  expect(await ids(agent)).toEqual([assigned, rejected, open]);
  const listed = await w.core.call(agent, "list_my_tasks", { limit: 2 });
  expect(fieldsOf(listed)).toEqual(["pagination", "tasks"]);
  expect(fieldsOf(listed.tasks[0]!)).toEqual(TASK);
  expect(listed.pagination).toEqual({ page: 1, pageSize: 2, totalItems: 3, totalPages: 2 });
});

test("finds one's own by words of the title and by the beginning of the id", async () => {
  const [mine, other] = [await w.agent("Finder"), await w.agent("Other")];
  const post = async (title: string, as = mine) =>
    (await act(w.core, as, "create_task", coffeeShops({ title, budget: 1 }))).id;
  const harbour = await post("Photograph the harbour at 50% tide");
  const bridge = await post("Photograph the bridge at 500 metres");
  await post("Photograph the harbour at 50% tide", other);
  const found = async (search: string) =>
    (await w.core.call(mine, "list_my_tasks", { search })).tasks.map((t) => t.id);
  expect(await found("HARBOUR")).toEqual([harbour]);
  expect(await found("50%")).toEqual([harbour]);
  expect(await found(bridge.slice(0, -3))).toEqual([bridge]);
  expect(await found(bridge.slice(5))).toEqual([]);
  expect(await found("task_")).toHaveLength(2);
});

testDeclared("list_my_tasks");
