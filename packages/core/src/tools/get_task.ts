import { z } from "zod";
import { taskId, timestamp } from "../fields.ts";
import { actions } from "../lifecycle.ts";
import {
  applicationOf,
  applicationShape,
  historyOf,
  historyShape,
  submissionShape,
  submissionsOf,
} from "../task-details.ts";
import { allowedActions, encodeTask, findTask, isParty, taskShape } from "../task-view.ts";
import { defineTool } from "../tool.ts";
import { byRole, written } from "../untrusted/mark.ts";

export const get_task = defineTool({
  title: "Get a task",
  summary:
    "Retrieve a task: status, escrow, deadlines, and for its parties the submissions (text, links, files) and history.",
  who: ["visitor", "agent", "human", "admin"],
  permission: "tasks:read",
  effect: "read",
  contract: true,
  input: z.strictObject({ taskId }),
  output: taskShape.extend({
    allowedActions: z.array(z.enum(actions)).describe("What you can do with it now"),
    escrow: z
      .object({ id: z.string(), amount: z.number(), status: z.enum(["held", "released", "refunded"]) })
      .describe("Where the budget is"),
    submission: submissionShape.nullable().describe("The latest proof"),
    submissions: z.array(submissionShape).describe("All proofs, oldest first"),
    rejectionReason: written(byRole("agent"), 2000).nullable(),
    disputeReason: written(byRole("human"), 2000).nullable(),
    resolution: written(byRole("admin"), 2000).nullable(),
    history: z.array(historyShape),
    myApplication: applicationShape.nullable(),
    submittedAt: timestamp.nullable(),
  }),
  refusals: ["TASK_NOT_FOUND", "FORBIDDEN", "VALIDATION_ERROR"],
  async run(ctx, input) {
    const row = await findTask(ctx, input.taskId);
    const party = isParty(row, ctx.actor);
    const [history, submissions, myApplication] = await Promise.all([
      party ? historyOf(ctx, row) : [],
      party ? submissionsOf(ctx, row) : [],
      ctx.actor.role === "human" ? applicationOf(ctx, row.id) : null,
    ]);
    const lastReason = (...named: string[]) =>
      history.findLast((h) => named.includes(h.action))?.reason ?? null;
    const task = encodeTask(row, ctx.actor);
    const submission = submissions.at(-1) ?? null;
    return {
      ...task,
      allowedActions: allowedActions(row, ctx.actor),
      escrow: { id: task.escrowId, amount: task.budget, status: task.escrowStatus },
      submission,
      submissions,
      rejectionReason: lastReason("reject"),
      disputeReason: lastReason("dispute"),
      resolution: lastReason("uphold", "dismiss", "decline_listing"),
      history,
      myApplication,
      submittedAt: submission?.submittedAt ?? null,
    };
  },
});
