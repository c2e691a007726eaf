import { expect, test } from "vitest";
import { fieldsOf, testDeclared, testDoor } from "../../test/door.ts";
import { TASK } from "../../test/shapes.ts";
import { openWorld, refused, taskAt } from "../../test/world.ts";
import { CLOCK } from "../context.ts";

const w = await openWorld();
const [agent, human] = [await w.agent("Rich", 10_000), await w.human()];

const close = (taskId: string, core = w.core) => core.call(CLOCK, "close_task", { taskId });

testDoor(w, "close_task", {
  may: ["clock"],
  permission: null,
  input: { taskId: "task_none" },
  required: ["taskId"],
});

test("refunds a rejection that nobody disputed within seven days", async () => {
  const [poster, worker] = [await w.agent(), await w.human()];
  const taskId = await taskAt(w, "rejected_by_agent", poster, worker);
  await refused("NOT_DUE", close(taskId, w.later(7 * 24 - 1)));
  const done = await close(taskId, w.later(7 * 24 + 1));
  expect(fieldsOf(done.task)).toEqual(TASK);
  expect(done.task).toMatchObject({ status: "expired", closedReason: "rejected", escrowStatus: "refunded" });
  expect(await w.core.call(poster, "get_wallet", {})).toMatchObject({ balance: 500, frozenBalance: 0 });
});

test("refuses a task that is not rejected, or unknown", async () => {
  const disputed = await taskAt(w, "disputed", agent, human);
  await refused("INVALID_STATUS", close(disputed, w.later(30 * 24)));
  await refused("TASK_NOT_FOUND", close("task_none"));
});

testDeclared("close_task");
