import { expect, test } from "vitest";
import { fieldsOf, testDeclared, testDoor } from "../../test/door.ts";
import { TASK } from "../../test/shapes.ts";
import { act, openWorld, REASON, refused, taskAt } from "../../test/world.ts";

const w = await openWorld();
const [agent, human] = [await w.agent("Rich", 10_000), await w.human()];

const reject = (taskId: string, reason: string = REASON, key?: string) =>
  act(w.core, agent, "reject_submission", { taskId, reason }, key);

testDoor(w, "reject_submission", {
  may: ["agent"],
  permission: "tasks:write",
  input: { taskId: "task_none", reason: REASON, confirmationToken: "ctk_x", idempotencyKey: "door" },
  required: ["taskId", "reason"],
  codes: { reason: "REASON_TOO_SHORT" },
});

test("rejects with a reason; the human may resubmit or dispute, the escrow stays", async () => {
  const taskId = await taskAt(w, "submitted", agent, human);
  const done = await reject(taskId);
  expect(fieldsOf(done)).toEqual(["message", "task"]);
  expect(fieldsOf(done.task)).toEqual(TASK);
  expect(done).toMatchObject({
    message: "Submission rejected",
    task: { id: taskId, status: "rejected_by_agent", escrowStatus: "held", nextAction: "close" },
  });
  expect(await w.core.call(human, "get_task", { taskId })).toMatchObject({
    rejectionReason: REASON,
    allowedActions: ["resubmit", "dispute"],
  });
});

test("needs a reason of 50 to 2000 characters", async () => {
  const taskId = await taskAt(w, "submitted", agent, human);
  for (const short of ["", "no", "x".repeat(49), `  ${"x".repeat(49)}  `]) {
    const refusal = await refused("REASON_TOO_SHORT", reject(taskId, short));
    expect(refusal.message).toContain("min 50 characters");
  }
  await refused("VALIDATION_ERROR", reject(taskId, "x".repeat(2001)));
  await reject(taskId, "x".repeat(50));
  const again = await taskAt(w, "submitted", agent, human);
  await reject(again, "x".repeat(2000));
});

test("refuses a task that is not submitted, not known, or not one's own", async () => {
  const [assigned, submitted] = [
    await taskAt(w, "assigned", agent, human),
    await taskAt(w, "submitted", agent, human),
  ];
  expect((await refused("INVALID_STATUS", reject(assigned))).facts.allowed).toEqual(["submitted"]);
  await refused("TASK_NOT_FOUND", reject("task_none"));
  const stranger = await w.agent();
  const foreign = (taskId: string) => act(w.core, stranger, "reject_submission", { taskId, reason: REASON });
  await refused("TASK_NOT_FOUND", foreign(submitted));
  await refused("FORBIDDEN", foreign(await taskAt(w, "open", agent, human)));
});

test("is too late when the review term is over: silence has paid the human", async () => {
  const taskId = await taskAt(w, "submitted", agent, human);
  const late = act(w.later(14 * 24 + 1), agent, "reject_submission", { taskId, reason: REASON });
  await refused("DEADLINE_PASSED", late);
});

test("needs a key, its own body, and a confirmation from the set amount on", async () => {
  const taskId = await taskAt(w, "submitted", agent, human);
  const input = { taskId, reason: REASON };
  await refused("IDEMPOTENCY_KEY_REQUIRED", w.core.call(agent, "reject_submission", input));
  const wrong = { ...input, confirmationToken: "ctk_unknown" };
  await refused("CONFIRMATION_INVALID", act(w.core, agent, "reject_submission", wrong));
  const strict = w.later(0, { confirmAbove: 150 });
  await refused("CONFIRMATION_REQUIRED", act(strict, agent, "reject_submission", input));
  await reject(taskId, REASON, "once");
  await refused("IDEMPOTENCY_KEY_REUSED", reject(taskId, `${REASON} Thanks.`, "once"));
});

test("a reason that insults is refused", async () => {
  const taskId = await taskAt(w, "submitted", agent, human);
  await refused("RISK_GATE_BLOCKED", reject(taskId, `${REASON} And you are a piece of shit.`));
});

testDeclared("reject_submission");
