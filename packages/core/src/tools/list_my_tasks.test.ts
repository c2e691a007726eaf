import { expect, test } from "vitest";
import { fieldsOf, testDeclared, testDoor } from "../../test/door.ts";
import { TASK } from "../../test/shapes.ts";
import { act, openWorld, taskAt } from "../../test/world.ts";
import type { Input } from "../call.ts";
import type { Actor } from "../context.ts";

const w = await openWorld();
const [agent, human] = [await w.agent("Rich", 10_000), await w.human()];

testDoor(w, "list_my_tasks", {
  may: ["agent", "human"],
  permission: "tasks:read",
  input: { status: "open", limit: 1, page: 1 },
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

testDeclared("list_my_tasks");
