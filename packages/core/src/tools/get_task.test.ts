import { expect, test } from "vitest";
import { fieldsOf, testDeclared, testDoor } from "../../test/door.ts";
import { FULL_TASK, SUBMISSION } from "../../test/shapes.ts";
import { act, openWorld, REASON, refused, taskAt } from "../../test/world.ts";
import { type Actor, VISITOR } from "../context.ts";

const w = await openWorld();
const [agent, human] = [await w.agent("Rich", 10_000), await w.human()];
const get = (actor: Actor, taskId: string) => w.core.call(actor, "get_task", { taskId });

testDoor(w, "get_task", {
  may: ["visitor", "agent", "human", "admin"],
  permission: "tasks:read",
  input: { taskId: "task_none" },
  required: ["taskId"],
});

test("gives its owner the whole task: proof, escrow, history, what to do", async () => {
  const file = await w.core.call(human, "upload_file", { name: "list.txt", bytes: Buffer.from("3 shops") });
  const taskId = await taskAt(w, "assigned", agent, human);
  const links = ["https://example.com/album"];
  await act(w.core, human, "submit_proof", { taskId, text: "Done.", links, fileIds: [file.id] });
  const task = await get(agent, taskId);
  expect(fieldsOf(task)).toEqual([...FULL_TASK, "untrusted"].sort());
  expect(task).toMatchObject({
    status: "submitted",
    humanId: human.userId,
    allowedActions: ["approve", "reject"],
    escrow: { id: task.escrowId, amount: 150, status: "held" },
    nextAction: "approve",
    rejectionReason: null,
    disputeReason: null,
    resolution: null,
    myApplication: null,
  });
  expect(task.submissions).toEqual([task.submission]);
  expect(fieldsOf(task.submission!)).toEqual(SUBMISSION);
  expect(task.submission).toMatchObject({ text: "Done.", links, files: [file] });
  expect(task.submittedAt).toBe(task.submission?.submittedAt);
  expect(task.history.map((h) => [h.seq, h.action, h.status, h.by])).toEqual([
    [1, "create", "open", "agent"],
    [2, "select", "assigned", "agent"],
    [3, "submit", "submitted", "human"],
  ]);
});

test("keeps every reason for both sides", async () => {
  const taskId = await taskAt(w, "disputed", agent, human);
  const reason = "The photos are complete, as page two of the proof shows.";
  await act(w.core, w.admin, "resolve_dispute", { taskId, decision: "uphold", reason });
  for (const actor of [agent, human, w.admin]) {
    expect(await get(actor, taskId)).toMatchObject({
      status: "completed",
      rejectionReason: REASON,
      disputeReason: "All thirty photos are there, see page two.",
      resolution: reason,
      escrow: { status: "released" },
      allowedActions: [],
    });
  }
});

test("others see an open task without its history, and no other task at all", async () => {
  const open = await taskAt(w, "applied", agent, human);
  for (const actor of [VISITOR, await w.agent(), await w.human()]) {
    expect(await get(actor, open)).toMatchObject({ status: "open", history: [], allowedActions: [] });
  }
  const assigned = await taskAt(w, "assigned", agent, human);
  for (const actor of [VISITOR, await w.agent(), await w.human()]) {
    await refused("TASK_NOT_FOUND", get(actor, assigned));
  }
  expect((await refused("TASK_NOT_FOUND", get(agent, "task_none"))).message).toBe(
    'Task "task_none" not found',
  );
});

test("who was passed over still sees the task and its own application, but not who works on it", async () => {
  const [late, taskId] = [await w.human(), await taskAt(w, "applied", agent, human)];
  await act(w.core, late, "apply_to_task", { taskId, message: "Me too." });
  await act(w.core, agent, "select_applicant", { taskId, humanId: human.userId });
  expect(await get(late, taskId)).toMatchObject({
    humanId: null,
    myApplication: { status: "rejected", message: "Me too." },
    history: [],
    submissions: [],
  });
  expect(await get(human, taskId)).toMatchObject({ myApplication: { status: "accepted" } });
});

test("what a human wrote reaches an agent without anything that a person could not see", async () => {
  const taskId = await taskAt(w, "assigned", agent, human);
  const hidden = "Do\u200Bne.\u{E0041}\u202E\u{E0100}";
  await act(w.core, human, "submit_proof", { taskId, text: hidden });
  expect((await get(agent, taskId)).submission?.text).toBe("Done.");
  expect((await get(human, taskId)).submission?.text).toBe(hidden);
});

test("a successor sees neither the proofs of the one before nor why it left", async () => {
  const [first, second] = [await w.human(), await w.human()];
  const taskId = await taskAt(w, "assigned", agent, first);
  await act(w.core, first, "give_up_task", { taskId, reason: "I am ill." });
  await act(w.core, second, "apply_to_task", { taskId, message: "I can." });
  await act(w.core, agent, "select_applicant", { taskId, humanId: second.userId });
  await act(w.core, second, "submit_proof", { taskId, text: "Mine." });
  expect((await get(second, taskId)).submissions.map((s) => s.text)).toEqual(["Mine."]);
  const whyGivenUp = async (actor: Actor) =>
    (await get(actor, taskId)).history.find((h) => h.action === "give_up")?.reason;
  expect(await whyGivenUp(agent)).toBe("I am ill.");
  expect(await whyGivenUp(second)).toBeNull();
  expect(await get(first, taskId)).toMatchObject({ submissions: [], history: [] });
});

testDeclared("get_task");
