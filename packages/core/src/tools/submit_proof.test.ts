import { expect, test } from "vitest";
import { ask, claim } from "../../test/ask.ts";
import { fieldsOf, testDeclared, testDoor } from "../../test/door.ts";
import { FILE, SUBMISSION, TASK } from "../../test/shapes.ts";
import { act, openWorld, refused, taskAt } from "../../test/world.ts";
import type { Input } from "../call.ts";

const w = await openWorld();
const [agent, human] = [await w.agent("Rich", 10_000), await w.human()];

const submit = (taskId: string, more: Partial<Input<"submit_proof">> = {}, actor = human, core = w.core) =>
  act(core, actor, "submit_proof", { taskId, text: "All photos are in.", ...more });
const upload = async (actor = human) =>
  (await w.core.call(actor, "upload_file", { name: "a.txt", bytes: Buffer.from("proof") })).id;

testDoor(w, "submit_proof", {
  may: ["human"],
  permission: "tasks:write",
  input: { taskId: "task_none", text: "Done.", links: [], fileIds: [] },
  required: ["taskId", "text"],
});

test("submits text, links and files", async () => {
  const taskId = await taskAt(w, "assigned", agent, human);
  const fileId = await upload();
  const done = await submit(taskId, { links: ["https://example.com/a b"], fileIds: [fileId, fileId] });
  expect(fieldsOf(done)).toEqual(["message", "submission", "task"]);
  expect(fieldsOf(done.task)).toEqual(TASK);
  expect(fieldsOf(done.submission)).toEqual(SUBMISSION);
  expect(fieldsOf(done.submission.files[0]!)).toEqual(FILE);
  expect(done).toMatchObject({
    message: "Proof submitted",
    task: { status: "submitted", nextAction: "approve" },
    submission: { text: "All photos are in.", links: ["https://example.com/a%20b"], files: [{ id: fileId }] },
  });
});

test("submits again after a rejection, also when the task's deadline is past", async () => {
  const taskId = await taskAt(w, "rejected_by_agent", agent, human);
  const done = await submit(taskId, { text: "Now with all five." }, human, w.later(80));
  expect(done.task.status).toBe("submitted");
  const task = await w.core.call(agent, "get_task", { taskId });
  expect(task.submissions.map((s) => s.text)).toEqual(["All photos are in.", "Now with all five."]);
  expect(task.submission?.text).toBe("Now with all five.");
});

test("takes only the human's own files, each once", async () => {
  const taskId = await taskAt(w, "assigned", agent, human);
  const [foreign, own] = [await upload(await w.human()), await upload()];
  await refused("FILE_NOT_FOUND", submit(taskId, { fileIds: ["file_none"] }));
  await refused("FILE_NOT_FOUND", submit(taskId, { fileIds: [own, foreign] }));
  expect(await w.core.call(agent, "get_task", { taskId })).toMatchObject({ status: "assigned" });
  await submit(taskId, { fileIds: [own] });
  const next = await taskAt(w, "assigned", agent, human);
  const refusal = await refused("FILE_NOT_FOUND", submit(next, { fileIds: [own] }));
  expect(refusal.message).toContain(own);
});

test("takes text and links within their limits", async () => {
  const link = `https://example.com/${"x".repeat(1980)}`;
  for (const more of [{ text: "x".repeat(10_000) }, { links: Array(20).fill(link) }]) {
    await submit(await taskAt(w, "assigned", agent, human), more);
  }
  const taskId = await taskAt(w, "assigned", agent, human);
  const wrong: Partial<Input<"submit_proof">>[] = [
    { text: "x".repeat(10_001) },
    { text: " " },
    { links: Array(21).fill(link) },
    { links: [`${link}x`] },
    { links: ["javascript:alert(1)"] },
    { links: ["ftp://example.com/a"] },
    { links: ["not a link"] },
    { fileIds: Array(21).fill("file_x") },
  ];
  for (const more of wrong) await refused("VALIDATION_ERROR", submit(taskId, more));
});

test("a link carries nothing that is not part of an address", async () => {
  const taskId = await taskAt(w, "assigned", agent, human);
  const links = ["https://example.com/a\u0000b", "https://example.com/\u200Bc", "https://example.com/\ud800"];
  const done = await submit(taskId, { links });
  for (const link of done.submission.links) expect(link).toMatch(/^[!-~]+$/);
});

test("refuses a task that is not assigned, not one's own, not known, or over", async () => {
  const [open, submitted, assigned] = [
    await taskAt(w, "open", agent, human),
    await taskAt(w, "submitted", agent, human),
    await taskAt(w, "assigned", agent, human),
  ];
  expect((await refused("INVALID_STATUS", submit(submitted))).facts.allowed).toEqual(["assigned"]);
  await refused("FORBIDDEN", submit(open));
  await refused("TASK_NOT_FOUND", submit(assigned, {}, await w.human()));
  await refused("TASK_NOT_FOUND", submit("task_none"));
  await refused("DEADLINE_PASSED", submit(assigned, {}, human, w.later(73)));
});

test("takes no proof that insults, and the task stays with the human", async () => {
  const taskId = await taskAt(w, "assigned", agent, human);
  await refused("RISK_GATE_BLOCKED", submit(taskId, { text: "Done, you stupid b1tch." }));
  expect((await w.core.call(human, "get_task", { taskId })).status).toBe("assigned");
});

test("a question is answered by its form, not by a proof", async () => {
  const { questionId } = await ask(w.core, agent);
  const { mine } = await claim(w.core, human, questionId);
  expect((await refused("IS_A_QUESTION", submit(mine!.taskId))).message).toContain("answer_question");
});

testDeclared("submit_proof");
