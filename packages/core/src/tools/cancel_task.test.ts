import { expect, test } from "vitest";
import { fieldsOf, testDeclared, testDoor } from "../../test/door.ts";
import { TASK } from "../../test/shapes.ts";
import { act, openWorld, refused, taskAt } from "../../test/world.ts";

const w = await openWorld();
const [agent, human] = [await w.agent("Rich", 10_000), await w.human()];

testDoor(w, "cancel_task", {
  may: ["agent"],
  permission: "tasks:write",
  input: { taskId: "task_none", confirmationToken: "ctk_x", idempotencyKey: "door" },
  required: ["taskId"],
});

test.each(["open", "applied", "pending_review"] as const)("refunds a task that is %s", async (stage) => {
  const before = await w.core.call(agent, "get_wallet", {});
  const taskId = await taskAt(w, stage, agent, human);
  const done = await act(w.core, agent, "cancel_task", { taskId });
  expect(fieldsOf(done)).toEqual(["message", "task"]);
  expect(fieldsOf(done.task)).toEqual(TASK);
  expect(done.message).toBe("Task cancelled and escrow refunded");
  expect(done.task).toMatchObject({
    id: taskId,
    status: "expired",
    closedReason: "cancelled",
    escrowStatus: "refunded",
    nextAt: null,
    nextAction: null,
    completedAt: null,
  });
  const { balance, frozenBalance } = await w.core.call(agent, "get_wallet", {});
  expect({ balance, frozenBalance }).toEqual({
    balance: before.balance,
    frozenBalance: before.frozenBalance,
  });
});

test("refuses a task that is under way, unknown, or somebody else's", async () => {
  const taskId = await taskAt(w, "assigned", agent, human);
  const refusal = await refused("INVALID_STATUS", act(w.core, agent, "cancel_task", { taskId }));
  expect(refusal.facts).toEqual({ status: "assigned", allowed: ["open", "pending_review"] });
  await refused("TASK_NOT_FOUND", act(w.core, agent, "cancel_task", { taskId: "task_none" }));
  const stranger = await w.agent();
  await refused("TASK_NOT_FOUND", act(w.core, stranger, "cancel_task", { taskId }));
  const open = await taskAt(w, "open", agent, human);
  await refused("FORBIDDEN", act(w.core, stranger, "cancel_task", { taskId: open }));
});

test("needs a key, its own body, and a confirmation from the set amount on", async () => {
  const taskId = await taskAt(w, "open", agent, human);
  await refused("IDEMPOTENCY_KEY_REQUIRED", w.core.call(agent, "cancel_task", { taskId }));
  const wrong = { taskId, confirmationToken: "ctk_unknown" };
  await refused("CONFIRMATION_INVALID", act(w.core, agent, "cancel_task", wrong));
  const strict = w.later(0, { confirmAbove: 150 });
  await refused("CONFIRMATION_REQUIRED", act(strict, agent, "cancel_task", { taskId }));
  await act(w.core, agent, "cancel_task", { taskId }, "once");
  const other = await taskAt(w, "open", agent, human);
  await refused("IDEMPOTENCY_KEY_REUSED", act(w.core, agent, "cancel_task", { taskId: other }, "once"));
});

testDeclared("cancel_task");
