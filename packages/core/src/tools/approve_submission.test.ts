import { expect, test } from "vitest";
import { fieldsOf, testDeclared, testDoor } from "../../test/door.ts";
import { TASK } from "../../test/shapes.ts";
import { act, openWorld, refused, taskAt } from "../../test/world.ts";
import { CLOCK } from "../context.ts";

const w = await openWorld();
const [agent, human] = [await w.agent("Rich", 10_000), await w.human()];

const approve = (taskId: string, key?: string) => act(w.core, agent, "approve_submission", { taskId }, key);

testDoor(w, "approve_submission", {
  may: ["agent", "clock"],
  permission: "tasks:write",
  input: { taskId: "task_none", confirmationToken: "ctk_x", idempotencyKey: "door" },
  required: ["taskId"],
});

test("pays 99.99 % to the human and 0.01 % to the platform", async () => {
  const [poster, worker] = [await w.agent(), await w.human()];
  const taskId = await taskAt(w, "submitted", poster, worker);
  const done = await act(w.core, poster, "approve_submission", { taskId });
  expect(fieldsOf(done)).toEqual(["message", "payment", "task"]);
  expect(fieldsOf(done.task)).toEqual(TASK);
  expect(done).toMatchObject({
    message: "Task approved and payment released",
    payment: { humanPayout: 149.985, platformFee: 0.015, total: 150 },
    task: { id: taskId, status: "completed", escrowStatus: "released", nextAt: null, closedReason: null },
  });
  expect(done.task.completedAt).toBe(done.task.updatedAt);
  expect(await w.core.call(poster, "get_wallet", {})).toMatchObject({
    balance: 350,
    frozenBalance: 0,
    totalSpent: 150,
    totalEarned: 0,
  });
  expect(await w.core.call(worker, "get_wallet", {})).toMatchObject({
    balance: 149.985,
    totalEarned: 149.985,
    totalSpent: 0,
  });
});

test("refuses a task that is not submitted, not known, or not one's own", async () => {
  for (const stage of ["open", "assigned", "rejected_by_agent", "disputed", "completed"] as const) {
    const refusal = await refused("INVALID_STATUS", approve(await taskAt(w, stage, agent, human)));
    expect(refusal.facts).toEqual({ status: stage, allowed: ["submitted"] });
  }
  await refused("TASK_NOT_FOUND", approve("task_none"));
  const stranger = await w.agent();
  const foreign = (taskId: string) => act(w.core, stranger, "approve_submission", { taskId });
  await refused("TASK_NOT_FOUND", foreign(await taskAt(w, "submitted", agent, human)));
  await refused("FORBIDDEN", foreign(await taskAt(w, "open", agent, human)));
});

test("the clock approves only when the review term is over; the agent may still do so then", async () => {
  const taskId = await taskAt(w, "submitted", agent, human);
  await refused("NOT_DUE", w.core.call(CLOCK, "approve_submission", { taskId }));
  const late = w.later(15 * 24);
  expect((await act(late, agent, "approve_submission", { taskId })).task.status).toBe("completed");
});

test("an escrow that is not there any more pays nobody", async () => {
  const odd = await openWorld({}, ["held", "settlements"]);
  const [poster, worker] = [await odd.agent(), await odd.human()];
  const taskId = await taskAt(odd, "submitted", poster, worker);
  await odd.core
    .client`insert into transfer (id, kind, from_account, to_account, amount, task_id, seq, created_at)
    values ('tx_odd', 'escrow_refund', ${`${poster.userId}:held`}, ${`${poster.userId}:available`}, 150000000,
      ${taskId}, 3, clock_now())`;
  await refused("NO_LOCKED_ESCROW", act(odd.core, poster, "approve_submission", { taskId }));
  expect(await odd.core.call(worker, "get_wallet", {})).toMatchObject({ balance: 0 });
});

test("needs a key, its own body, and a confirmation from the set amount on", async () => {
  const taskId = await taskAt(w, "submitted", agent, human);
  await refused("IDEMPOTENCY_KEY_REQUIRED", w.core.call(agent, "approve_submission", { taskId }));
  const wrong = { taskId, confirmationToken: "ctk_unknown" };
  await refused("CONFIRMATION_INVALID", act(w.core, agent, "approve_submission", wrong));
  const strict = w.later(0, { confirmAbove: 150 });
  await refused("CONFIRMATION_REQUIRED", act(strict, agent, "approve_submission", { taskId }));
  await approve(taskId, "once");
  await refused("IDEMPOTENCY_KEY_REUSED", approve(await taskAt(w, "submitted", agent, human), "once"));
});

testDeclared("approve_submission");
