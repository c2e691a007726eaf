import { and, eq, isNull } from "drizzle-orm";
import { z } from "zod";
import { toIso } from "../codecs.ts";
import { clockNow, reports, users } from "../db/schema.ts";
import { Refusal } from "../errors.ts";
import { text } from "../fields.ts";
import { queueMail } from "../mail.ts";
import { encodeReport, reportShape } from "../reports.ts";
import { defineTool } from "../tool.ts";

export const resolve_report = defineTool({
  title: "Close a report",
  summary:
    "Close a report as dismissed or acted upon; the reporter is mailed the note. What was done (suspend_user, review_task) is a call of its own.",
  who: ["admin"],
  permission: "tasks:write",
  effect: "write",
  rest: { method: "POST", path: "/admin/reports/:reportId/resolve" },
  input: z.strictObject({
    reportId: text(64).describe("The report ID"),
    outcome: z.enum(["dismissed", "acted"]),
    note: text(2000, 10).describe("What the reporter is told (min 10 chars)"),
  }),
  output: reportShape,
  refusals: ["REPORT_NOT_FOUND", "REPORT_CLOSED", "REASON_TOO_SHORT", "VALIDATION_ERROR"],
  refuseAs: { "note.too_small": "REASON_TOO_SHORT" },
  async run(ctx, { reportId, outcome, note }) {
    const [closed] = await ctx.db
      .update(reports)
      .set({ outcome, note, resolvedBy: ctx.actor.userId, resolvedAt: clockNow })
      .where(and(eq(reports.id, reportId), isNull(reports.resolvedAt)))
      .returning();
    if (!closed) {
      const [before] = await ctx.db.select().from(reports).where(eq(reports.id, reportId));
      if (!before) throw new Refusal("REPORT_NOT_FOUND", { reportId });
      throw new Refusal("REPORT_CLOSED", { outcome: before.outcome, at: toIso(before.resolvedAt!) });
    }
    const [reporter] = await ctx.db
      .select({ email: users.email })
      .from(users)
      .where(eq(users.id, closed.reporterId));
    const done = outcome === "acted" ? "We acted on it." : "We found no breach of the rules.";
    await queueMail(ctx.sql, {
      to: reporter!.email,
      subject: "Your report was looked at",
      text: `You reported a ${closed.objectType} (${closed.objectId}) on ${toIso(closed.createdAt).slice(0, 10)}. ${done}

${note}`,
    });
    return encodeReport(closed);
  },
});
