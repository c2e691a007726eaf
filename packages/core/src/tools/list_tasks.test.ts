import { expect, test } from "vitest";
import { fieldsOf, testDeclared, testDoor } from "../../test/door.ts";
import { TASK } from "../../test/shapes.ts";
import { act, coffeeShops, openWorld, refused, taskAt } from "../../test/world.ts";
import type { Input } from "../call.ts";
import { type Actor, VISITOR } from "../context.ts";

const w = await openWorld();
const [agent, other, human] = [await w.agent("Poster", 10_000), await w.agent(), await w.human()];
const post = (over: Partial<Input<"create_task">>) => act(w.core, agent, "create_task", coffeeShops(over));
const open = await post({});
const remote = await post({ remote: true, category: "research", urgency: "high", title: "Read 100 % of_it" });
const assigned = await taskAt(w, "assigned", agent, human);
const inReview = await post({ budget: 5001 });
const ids = async (actor: Actor, filter: Input<"list_tasks"> = {}) =>
  (await w.core.call(actor, "list_tasks", filter)).tasks.map((t) => t.id);

testDoor(w, "list_tasks", {
  may: ["visitor", "agent", "human", "admin"],
  permission: "tasks:read",
  input: {
    status: "open",
    category: "photography",
    urgency: "low",
    remote: true,
    agentId: "user_x",
    search: "x",
    limit: 1,
    page: 1,
  },
});

test("lists newest first, with pagination", async () => {
  const listed = await w.core.call(agent, "list_tasks", { limit: 3 });
  expect(fieldsOf(listed)).toEqual(["pagination", "tasks"]);
  expect(listed.tasks.map((t) => t.id)).toEqual([inReview.id, assigned, remote.id]);
  for (const task of listed.tasks) expect(fieldsOf(task)).toEqual(TASK);
  expect(listed.pagination).toEqual({ page: 1, pageSize: 3, totalItems: 4, totalPages: 2 });
  expect(await ids(agent, { limit: 3, page: 2 })).toEqual([open.id]);
  expect(await ids(agent, { page: 99 })).toEqual([]);
  const byDefault = await w.core.call(agent, "list_tasks", {});
  expect(byDefault.pagination).toMatchObject({ page: 1, pageSize: 20 });
});

test("everyone sees open tasks, parties theirs, an admin all", async () => {
  expect(await ids(VISITOR)).toEqual([remote.id, open.id]);
  expect(await ids(other)).toEqual([remote.id, open.id]);
  expect(await ids(await w.human())).toEqual([remote.id, open.id]);
  expect(await ids(human)).toEqual([assigned, remote.id, open.id]);
  expect(await ids(w.admin)).toEqual([inReview.id, assigned, remote.id, open.id]);
});

test("who works on a task is told to its parties alone", async () => {
  const [mine] = (await w.core.call(agent, "list_tasks", { status: "assigned" })).tasks;
  expect(mine).toMatchObject({ humanId: human.userId, humanDisplayId: human.userId });
  const reviewed = (await w.core.call(agent, "list_tasks", { status: "pending_review" })).tasks[0];
  expect(reviewed?.reviewReason).toBe("Budget above 5000 $A9");
});

test.each<[Input<"list_tasks">, () => string[]]>([
  [{ status: "open" }, () => [remote.id, open.id]],
  [{ status: "assigned" }, () => [assigned]],
  [{ status: "rejected" }, () => []],
  [{ status: "rejected_by_agent" }, () => []],
  [{ status: "completed" }, () => []],
  [{ category: "research" }, () => [remote.id]],
  [{ urgency: "high" }, () => [remote.id]],
  [{ remote: true }, () => [remote.id]],
  [{ remote: false, status: "open" }, () => [open.id]],
  [{ search: "Photograph 3 COFFEE", status: "open" }, () => [open.id]],
  [{ search: "100 %" }, () => [remote.id]],
  [{ search: "_" }, () => [remote.id]],
  [{ search: "SHANGHAI", category: "research" }, () => [remote.id]],
])("filters by %j", async (filter, expected) => {
  expect(await ids(agent, filter)).toEqual(expected());
});

test("filters by agent, and by the alias of a rejection", async () => {
  expect(await ids(other, { agentId: agent.userId })).toEqual([remote.id, open.id]);
  expect(await ids(agent, { agentId: other.userId })).toEqual([]);
  const rejected = await taskAt(w, "rejected_by_agent", other, await w.human());
  expect(await ids(other, { status: "rejected" })).toEqual([rejected]);
});

test("an open task whose deadline has passed is not offered, even before the clock came", async () => {
  expect(await w.later(80).call(human, "list_tasks", { status: "open" })).toMatchObject({ tasks: [] });
});

test.each([
  { status: "lost" },
  { category: "x" },
  { limit: 0 },
  { limit: 101 },
  { limit: 1.5 },
  { page: 0 },
  { limit: "5" },
])("refuses %j", async (filter) => {
  await refused("VALIDATION_ERROR", w.core.call(agent, "list_tasks", filter as Input<"list_tasks">));
});

testDeclared("list_tasks");
