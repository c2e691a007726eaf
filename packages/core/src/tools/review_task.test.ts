import { expect, test } from "vitest";
import { fieldsOf, testDeclared, testDoor } from "../../test/door.ts";
import { TASK } from "../../test/shapes.ts";
import { act, openWorld, refused, taskAt } from "../../test/world.ts";

const w = await openWorld();
const [agent, human] = [await w.agent("Rich", 100_000), await w.human()];
const review = (taskId: string, decision: "approve" | "decline", reason?: string, core = w.core) =>
  act(core, w.admin, "review_task", { taskId, decision, ...(reason === undefined ? {} : { reason }) });
const waiting = () => taskAt(w, "pending_review", agent, human);

testDoor(w, "review_task", {
  may: ["admin"],
  permission: "tasks:write",
  input: { taskId: "task_none", decision: "approve", reason: "Clear." },
  required: ["taskId", "decision"],
});

test("approves a listing", async () => {
  const done = await review(await waiting(), "approve");
  expect(fieldsOf(done)).toEqual(["message", "task"]);
  expect(fieldsOf(done.task)).toEqual(TASK);
  expect(done).toMatchObject({ message: "Listing approved", task: { status: "open", escrowStatus: "held" } });
});

test("declines a listing with a reason, and refunds it", async () => {
  const before = await w.core.call(agent, "get_wallet", {});
  const taskId = await waiting();
  const refusal = await refused("VALIDATION_ERROR", review(taskId, "decline"));
  expect(refusal.message).toBe("reason: is needed to decline");
  await refused("VALIDATION_ERROR", review(taskId, "decline", "x".repeat(2001)));
  const done = await review(taskId, "decline", "This asks for a private address.");
  expect(done).toMatchObject({
    message: "Listing declined and escrow refunded",
    task: { status: "expired", closedReason: "declined", escrowStatus: "refunded" },
  });
  expect((await w.core.call(agent, "get_task", { taskId })).resolution).toBe(
    "This asks for a private address.",
  );
  expect((await w.core.call(agent, "get_wallet", {})).balance).toBe(before.balance);
});

test("refuses a task that does not wait for review, is not known, or is over", async () => {
  const open = await taskAt(w, "open", agent, human);
  expect((await refused("INVALID_STATUS", review(open, "approve"))).facts.allowed).toEqual([
    "pending_review",
  ]);
  await refused("TASK_NOT_FOUND", review("task_none", "approve"));
  const late = w.later(73);
  const taskId = await waiting();
  await refused("DEADLINE_PASSED", review(taskId, "approve", undefined, late));
  expect((await review(taskId, "decline", "Too late.", late)).task.status).toBe("expired");
});

testDeclared("review_task");
