import { expect, test } from "vitest";
import { fieldsOf, testDeclared, testDoor } from "../../test/door.ts";
import { TASK } from "../../test/shapes.ts";
import { openWorld, refused, taskAt } from "../../test/world.ts";
import { CLOCK } from "../context.ts";

const w = await openWorld();
const [agent, human] = [await w.agent("Rich", 10_000), await w.human()];

const expire = (taskId: string, core = w.core) => core.call(CLOCK, "expire_task", { taskId });

testDoor(w, "expire_task", {
  may: ["clock"],
  permission: null,
  input: { taskId: "task_none" },
  required: ["taskId"],
});

test.each(["open", "applied", "assigned", "pending_review"] as const)(
  "refunds a task that is %s",
  async (stage) => {
    const rich = await w.agent("Rich", 10_000);
    const taskId = await taskAt(w, stage, rich, human);
    await refused("NOT_DUE", expire(taskId));
    const done = await expire(taskId, w.later(73));
    expect(fieldsOf(done.task)).toEqual(TASK);
    expect(done.task).toMatchObject({
      status: "expired",
      closedReason: "deadline",
      escrowStatus: "refunded",
    });
    expect(await w.core.call(rich, "get_wallet", {})).toMatchObject({ balance: 10_500, frozenBalance: 0 });
  },
);

test("refuses a task that is submitted or unknown", async () => {
  const submitted = await taskAt(w, "submitted", agent, human);
  await refused("INVALID_STATUS", expire(submitted, w.later(73)));
  await refused("TASK_NOT_FOUND", expire("task_none"));
});

testDeclared("expire_task");
