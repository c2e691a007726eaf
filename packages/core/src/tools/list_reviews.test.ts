import { expect, test } from "vitest";
import { fieldsOf, testDeclared, testDoor } from "../../test/door.ts";
import { TASK } from "../../test/shapes.ts";
import { act, openWorld, taskAt } from "../../test/world.ts";
import type { RiskVerdict } from "../context.ts";

let verdict: RiskVerdict = { verdict: "clean" };
const w = await openWorld({ riskGate: async () => verdict });
const { core, admin } = w;
const [agent, human] = [await w.agent("Rich", 100_000), await w.human()];

testDoor(w, "list_reviews", {
  may: ["admin"],
  permission: "tasks:read",
  input: { reason: "Budget above 5000 $A9", limit: 20, page: 1 },
});

test("lists what waits, the longest first, with the reasons and how many wait for each", async () => {
  verdict = { verdict: "unsure", reason: "surveillance (score 0.71; signs: follow)" };
  const watched = [await taskAt(w, "open", agent, human)];
  verdict = { verdict: "unsure", reason: "surveillance (score 0.68; signs: watch, at night)" };
  watched.push(await taskAt(w, "open", agent, human));
  verdict = { verdict: "clean" };
  const dear = await taskAt(w, "pending_review", agent, human);
  await taskAt(w, "open", agent, human);
  const { tasks, reasons, pagination } = await core.call(admin, "list_reviews", {});
  expect(fieldsOf(tasks[0]!)).toEqual(TASK);
  expect(tasks.map((task) => task.id)).toEqual([...watched, dear]);
  expect(tasks[0]?.reviewReason).toContain("score 0.71");
  expect(reasons).toEqual([
    { reason: "surveillance", count: 2 },
    { reason: "Budget above 5000 $A9", count: 1 },
  ]);
  expect(pagination.totalItems).toBe(3);
  const some = await core.call(admin, "list_reviews", { reason: "surveillance", limit: 1, page: 2 });
  expect(some.tasks.map((task) => task.id)).toEqual([watched[1]]);
  expect(some.pagination.totalPages).toBe(2);
  expect(some.reasons).toHaveLength(2);
});

test("what was decided waits no longer", async () => {
  const { tasks } = await core.call(admin, "list_reviews", {});
  for (const { id } of tasks) await act(core, admin, "review_task", { taskId: id, decision: "approve" });
  const left = await core.call(admin, "list_reviews", {});
  expect([left.tasks, left.reasons]).toEqual([[], []]);
});

testDeclared("list_reviews");
