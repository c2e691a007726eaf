import { expect, test } from "vitest";
import { fieldsOf, testDeclared, testDoor } from "../../test/door.ts";
import { act, openWorld, refused, taskAt } from "../../test/world.ts";
import type { Actor } from "../context.ts";
import type { ReportObject } from "../reports.ts";

const w = await openWorld();
const { core } = w;
const reason = "It asks for the code that my bank sends me.";
const report = (by: Actor, objectType: ReportObject, objectId: string, why = reason) =>
  act(core, by, "report", { objectType, objectId, category: "scam", reason: why });
const someone = async () => [await w.agent("Rich", 50_000), await w.human()] as const;

testDoor(w, "report", {
  may: ["agent", "human"],
  permission: "tasks:write",
  input: { objectType: "task", objectId: "task_none", category: "scam", reason },
  required: ["objectType", "objectId", "category", "reason"],
  codes: { reason: "REASON_TOO_SHORT" },
});

/** A submitted task, a message of each side, and its proof. */
async function thread() {
  const [agent, human] = await someone();
  const taskId = await taskAt(w, "submitted", agent, human);
  const ofAgent = await act(core, agent, "send_message", { taskId, content: "Send me your code." });
  const ofHuman = await act(core, human, "send_message", { taskId, content: "No." });
  const { submission } = await core.call(agent, "get_task", { taskId });
  return { agent, human, taskId, ofAgent: ofAgent.id, ofHuman: ofHuman.id, proof: submission!.id };
}

test("each side reports what the other one wrote or is", async () => {
  const { agent, human, taskId, ofAgent, ofHuman, proof } = await thread();
  const made = await report(human, "task", taskId);
  expect(fieldsOf(made)).toEqual([
    "category",
    "createdAt",
    "id",
    "note",
    "objectId",
    "objectType",
    "reason",
    "resolvedAt",
    "status",
    "taskId",
  ]);
  expect(made).toMatchObject({ objectType: "task", objectId: taskId, taskId, status: "open", note: null });
  await report(human, "message", ofAgent);
  await report(human, "user", agent.userId);
  await report(agent, "message", ofHuman);
  await report(agent, "submission", proof);
  await report(agent, "user", human.userId);
  const against = async (subjectId: string) => {
    const { reports } = await core.call(w.admin, "list_reports", { subjectId });
    return reports.map((r) => [r.objectType, r.taskId]);
  };
  expect(await against(agent.userId)).toEqual([
    ["task", taskId],
    ["message", taskId],
    ["user", null],
  ]);
  expect(await against(human.userId)).toEqual([
    ["message", taskId],
    ["submission", taskId],
    ["user", null],
  ]);
});

test("what one cannot see is not found, as by its own tools", async () => {
  const { agent, human, taskId, ofAgent, proof } = await thread();
  for (const stranger of [await w.human(), await w.agent()]) {
    await refused("TASK_NOT_FOUND", report(stranger, "task", taskId));
    await refused("MESSAGE_NOT_FOUND", report(stranger, "message", ofAgent));
    await refused("SUBMISSION_NOT_FOUND", report(stranger, "submission", proof));
    await refused("USER_NOT_FOUND", report(stranger, "user", human.userId));
    await refused("USER_NOT_FOUND", report(stranger, "user", agent.userId));
    await refused("USER_NOT_FOUND", report(stranger, "user", w.admin.userId));
    await refused("TASK_NOT_FOUND", report(stranger, "task", "task_none"));
    await refused("MESSAGE_NOT_FOUND", report(stranger, "message", "msg_none"));
  }
  // An id of one kind is nothing of another kind.
  await refused("TASK_NOT_FOUND", report(human, "task", ofAgent));
  const [row] = await core.client`select count(*)::int as n from report where object_id = ${taskId}`;
  expect(row?.n).toBe(0);
});

test("who took a task over does not see, so cannot report, what was said before", async () => {
  const [agent, first] = await someone();
  const taskId = await taskAt(w, "assigned", agent, first);
  const said = await act(core, agent, "send_message", { taskId, content: "For the first only." });
  await act(core, first, "give_up_task", { taskId, reason: "Ill." });
  const second = await w.human();
  await act(core, second, "apply_to_task", { taskId, message: "Me." });
  await act(core, agent, "select_applicant", { taskId, humanId: second.userId });
  await refused("MESSAGE_NOT_FOUND", report(second, "message", said.id));
  await report(first, "message", said.id);
});

test("anyone reports an open task; the agent of one is seen too", async () => {
  const [agent, human] = await someone();
  const taskId = await taskAt(w, "open", agent, human);
  for (const reporter of [human, await w.agent()]) {
    await report(reporter, "task", taskId);
    await report(reporter, "user", agent.userId);
  }
});

test("nobody reports themselves", async () => {
  const { agent, human, taskId, ofAgent, ofHuman, proof } = await thread();
  await refused("OWN_REPORT", report(agent, "task", taskId));
  await refused("OWN_REPORT", report(agent, "message", ofAgent));
  await refused("OWN_REPORT", report(human, "message", ofHuman));
  await refused("OWN_REPORT", report(human, "submission", proof));
  await refused("OWN_REPORT", report(human, "user", human.userId));
});

test("one open report per reporter and object, also of ten at once; after it is closed, another", async () => {
  const { human, taskId } = await thread();
  const many = await Promise.allSettled(Array.from({ length: 10 }, () => report(human, "task", taskId)));
  const made = many.filter((one) => one.status === "fulfilled");
  expect(made).toHaveLength(1);
  await refused("ALREADY_REPORTED", report(human, "task", taskId));
  await act(core, w.admin, "resolve_report", {
    reportId: made[0]!.value.id,
    outcome: "dismissed",
    note: "This is within the rules.",
  });
  await report(human, "task", taskId);
});

test("twenty wait at most, also of thirty at once", async () => {
  const [agent, human] = await someone();
  const taskIds: string[] = [];
  for (let i = 0; i < 30; i++) taskIds.push(await taskAt(w, "open", agent, human));
  const many = await Promise.allSettled(taskIds.map((id) => report(human, "task", id)));
  expect(many.filter((one) => one.status === "fulfilled")).toHaveLength(20);
  const lost = many.find((one): one is PromiseRejectedResult => one.status === "rejected");
  await refused("TOO_MANY_REPORTS", Promise.reject(lost?.reason));
});

test("needs ten characters of reason, and a category of the list", async () => {
  const { human, taskId } = await thread();
  await refused("REASON_TOO_SHORT", report(human, "task", taskId, "Too short"));
  await refused("VALIDATION_ERROR", report(human, "task", taskId, "x".repeat(2001)));
  const odd = { objectType: "task", objectId: taskId, category: "rude", reason } as never;
  await refused("VALIDATION_ERROR", act(core, human, "report", odd));
});

testDeclared("report");
