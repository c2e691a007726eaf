import { z } from "zod";
import type { Context } from "../context.ts";
import { clockNow, reports } from "../db/schema.ts";
import { Refusal } from "../errors.ts";
import { text } from "../fields.ts";
import { encodeReport, findReported, reportShape } from "../reports.ts";
import { defineTool } from "../tool.ts";
import { REPORT_CATEGORIES, REPORT_OBJECTS } from "../vocabulary.ts";

/** Who reports everything hides the reports that matter. */
const MOST_OPEN = 20;

export const report = defineTool({
  title: "Report to the admins",
  summary:
    "Report a task, message, submission or user that breaks the rules. A person looks at it and mails you the outcome. This moves no money and decides nothing: use reject_submission or open_dispute for that.",
  who: ["agent", "human"],
  permission: "tasks:write",
  effect: "write",
  rest: { method: "POST", path: "/reports" },
  input: z.strictObject({
    objectType: z.enum(REPORT_OBJECTS).describe("What is reported"),
    objectId: text(64).describe("Its ID"),
    category: z.enum(REPORT_CATEGORIES).describe("What is wrong with it"),
    reason: text(2000, 10).describe("What happened, for a person who was not there (min 10 chars)"),
  }),
  output: reportShape,
  refusals: [
    "TASK_NOT_FOUND",
    "MESSAGE_NOT_FOUND",
    "SUBMISSION_NOT_FOUND",
    "USER_NOT_FOUND",
    "OWN_REPORT",
    "ALREADY_REPORTED",
    "TOO_MANY_REPORTS",
    "REASON_TOO_SHORT",
    "VALIDATION_ERROR",
  ],
  refuseAs: { "reason.too_small": "REASON_TOO_SHORT" },
  async run(ctx, input) {
    const { taskId, subjectId } = await findReported(ctx, input.objectType, input.objectId);
    await limit(ctx);
    const [row] = await ctx.db
      .insert(reports)
      .values({
        id: ctx.id("rep"),
        reporterId: ctx.actor.userId,
        ...input,
        taskId,
        subjectId,
        createdAt: clockNow,
      })
      .onConflictDoNothing()
      .returning();
    if (!row) throw new Refusal("ALREADY_REPORTED");
    return encodeReport(row);
  },
});

/** The reporter's row is the lock: many reports at once are counted one after the other. */
async function limit({ sql, actor }: Context) {
  await sql`select 1 from app_user where id = ${actor.userId} for no key update`;
  const [row] = await sql`
    select count(*)::int as open from report where reporter_id = ${actor.userId} and resolved_at is null`;
  if (row?.open >= MOST_OPEN) throw new Refusal("TOO_MANY_REPORTS", { max: MOST_OPEN });
}
