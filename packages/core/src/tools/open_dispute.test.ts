import { expect, test } from "vitest";
import { fieldsOf, testDeclared, testDoor } from "../../test/door.ts";
import { TASK } from "../../test/shapes.ts";
import { act, openWorld, refused, taskAt } from "../../test/world.ts";

const w = await openWorld();
const [agent, human] = [await w.agent("Rich", 10_000), await w.human()];

const reason = "All thirty photos are there, see page two.";
const dispute = (taskId: string, more = {}, actor = human, core = w.core) =>
  act(core, actor, "open_dispute", { taskId, reason, ...more });

testDoor(w, "open_dispute", {
  may: ["human"],
  permission: "tasks:write",
  input: { taskId: "task_none", reason },
  required: ["taskId", "reason"],
  codes: { reason: "REASON_TOO_SHORT" },
});

test("puts a rejection before an admin; the escrow stays held and no clock runs", async () => {
  const taskId = await taskAt(w, "rejected_by_agent", agent, human);
  const done = await dispute(taskId);
  expect(fieldsOf(done)).toEqual(["message", "task"]);
  expect(fieldsOf(done.task)).toEqual(TASK);
  expect(done).toMatchObject({
    message: "Dispute opened",
    task: { status: "disputed", escrowStatus: "held", nextAt: null, nextAction: null },
  });
  expect((await w.core.call(agent, "get_task", { taskId })).disputeReason).toBe(reason);
});

test("needs a reason of 20 to 2000 characters", async () => {
  const taskId = await taskAt(w, "rejected_by_agent", agent, human);
  expect((await refused("REASON_TOO_SHORT", dispute(taskId, { reason: "x".repeat(19) }))).message).toContain(
    "20",
  );
  await refused("VALIDATION_ERROR", dispute(taskId, { reason: "x".repeat(2001) }));
  await dispute(taskId, { reason: "x".repeat(20) });
});

test("refuses a task that is not rejected, not one's own, not known, or over", async () => {
  const [open, submitted, rejected] = [
    await taskAt(w, "open", agent, human),
    await taskAt(w, "submitted", agent, human),
    await taskAt(w, "rejected_by_agent", agent, human),
  ];
  expect((await refused("INVALID_STATUS", dispute(submitted))).facts.allowed).toEqual(["rejected_by_agent"]);
  await refused("FORBIDDEN", dispute(open));
  await refused("TASK_NOT_FOUND", dispute(rejected, {}, await w.human()));
  await refused("TASK_NOT_FOUND", dispute("task_none"));
  await refused("DEADLINE_PASSED", dispute(rejected, {}, human, w.later(7 * 24 + 1)));
});

testDeclared("open_dispute");
