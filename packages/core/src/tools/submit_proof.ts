import { and, eq, inArray, isNull } from "drizzle-orm";
import { z } from "zod";
import { advance } from "../advance.ts";
import type { Context } from "../context.ts";
import { clockNow, files, submissions } from "../db/schema.ts";
import { Refusal } from "../errors.ts";
import { link, taskId, text, userId } from "../fields.ts";
import { vetSpeech } from "../risk/speech.ts";
import { submissionShape, submissionsOf } from "../task-details.ts";
import { encodeTask, findTask, taskShape } from "../task-view.ts";
import { defineTool } from "../tool.ts";
import { sentence } from "../untrusted/mark.ts";

export const submit_proof = defineTool({
  title: "Submit proof",
  summary: "Submit the proof of a task that you are assigned to, or submit again after a rejection.",
  who: ["human"],
  permission: "tasks:write",
  effect: "write",
  input: z.strictObject({
    taskId,
    text: text(10_000).describe("What was done"),
    links: z.array(link).max(20).default([]).describe("Addresses of results"),
    fileIds: z.array(userId).max(20).default([]).describe("Files that you uploaded"),
  }),
  output: z.object({ task: taskShape, submission: submissionShape, message: sentence }),
  refusals: [
    "TASK_NOT_FOUND",
    "FORBIDDEN",
    "INVALID_STATUS",
    "DEADLINE_PASSED",
    "IS_A_QUESTION",
    "FILE_NOT_FOUND",
    "RISK_GATE_BLOCKED",
    "VALIDATION_ERROR",
  ],
  async run(ctx, input) {
    vetSpeech(input.text);
    const before = await findTask(ctx, input.taskId);
    if (before.question_id) throw new Refusal("IS_A_QUESTION", { use: "answer_question" });
    const action = before.status === "rejected_by_agent" ? "resubmit" : "submit";
    const row = await advance(ctx, action, input.taskId);
    const id = ctx.id("sub");
    await ctx.db.insert(submissions).values({
      id,
      taskId: row.id,
      seq: row.seq,
      humanId: ctx.actor.userId,
      body: input.text,
      links: input.links,
      createdAt: clockNow,
    });
    await attach(ctx, id, input.fileIds);
    const submission = (await submissionsOf(ctx, row)).at(-1)!;
    return { task: encodeTask(row, ctx.actor), submission, message: "Proof submitted" };
  },
});

/** Binds the human's own, yet unused uploads to a submission. */
async function attach(ctx: Context, submissionId: string, fileIds: string[]) {
  if (fileIds.length === 0) return;
  const own = and(
    inArray(files.id, fileIds),
    eq(files.ownerId, ctx.actor.userId),
    isNull(files.submissionId),
  );
  const bound = await ctx.db.update(files).set({ submissionId }).where(own).returning({ id: files.id });
  const missing = fileIds.find((id) => !bound.some((f) => f.id === id));
  if (missing) throw new Refusal("FILE_NOT_FOUND", { fileId: missing });
}
