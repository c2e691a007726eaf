import { expect, test } from "vitest";
import { fieldsOf, testDeclared, testDoor } from "../../test/door.ts";
import { TASK } from "../../test/shapes.ts";
import { act, openWorld, refused, taskAt } from "../../test/world.ts";

const w = await openWorld();
const [agent, human] = [await w.agent("Rich", 10_000), await w.human()];

const reason = "Both sides were heard; page two shows all thirty photos.";
const resolve = (taskId: string, decision: "uphold" | "dismiss", why = reason) =>
  act(w.core, w.admin, "resolve_dispute", { taskId, decision, reason: why });
const wallets = async () =>
  Promise.all([agent, human].map(async (a) => (await w.core.call(a, "get_wallet", {})).balance));

testDoor(w, "resolve_dispute", {
  may: ["admin"],
  permission: "tasks:write",
  input: { taskId: "task_none", decision: "uphold", reason },
  required: ["taskId", "decision", "reason"],
  codes: { reason: "REASON_TOO_SHORT" },
});

test("upholds the human: the escrow is paid out", async () => {
  const before = await wallets();
  const done = await resolve(await taskAt(w, "disputed", agent, human), "uphold");
  expect(fieldsOf(done)).toEqual(["message", "task"]);
  expect(fieldsOf(done.task)).toEqual(TASK);
  expect(done).toMatchObject({
    message: "Dispute upheld, escrow paid out",
    task: { status: "completed", escrowStatus: "released" },
  });
  expect(done.task.completedAt).not.toBeNull();
  expect(await wallets()).toEqual([before[0]! - 150, before[1]! + 149.985]);
});

test("dismisses the dispute: the escrow is refunded, and both sides read why", async () => {
  const before = await wallets();
  const taskId = await taskAt(w, "disputed", agent, human);
  expect(await resolve(taskId, "dismiss")).toMatchObject({
    message: "Dispute dismissed, escrow refunded",
    task: {
      status: "expired",
      closedReason: "dispute_dismissed",
      escrowStatus: "refunded",
      completedAt: null,
    },
  });
  expect(await wallets()).toEqual(before);
  for (const side of [agent, human]) {
    expect((await w.core.call(side, "get_task", { taskId })).resolution).toBe(reason);
  }
});

test("needs a reason of 20 characters, and a task in dispute", async () => {
  const taskId = await taskAt(w, "disputed", agent, human);
  await refused("REASON_TOO_SHORT", resolve(taskId, "uphold", "x".repeat(19)));
  await refused("VALIDATION_ERROR", resolve(taskId, "uphold", "x".repeat(2001)));
  await resolve(taskId, "uphold", "x".repeat(20));
  expect((await refused("INVALID_STATUS", resolve(taskId, "dismiss"))).facts.allowed).toEqual(["disputed"]);
  await refused("TASK_NOT_FOUND", resolve("task_none", "uphold"));
});

testDeclared("resolve_dispute");
