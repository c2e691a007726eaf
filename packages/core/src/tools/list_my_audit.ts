import { and, eq, notInArray, or } from "drizzle-orm";
import { z } from "zod";
import { auditFilters, auditPaging, type FullEntry, filtered, findEntries, ownEntry } from "../audit/view.ts";
import type { Actor } from "../context.ts";
import { auditEntries as a } from "../db/schema.ts";
import { findOwnTask } from "../task-view.ts";
import { defineTool } from "../tool.ts";
import { ours } from "../untrusted/mark.ts";

export const list_my_audit = defineTool({
  title: "List my account's audit",
  summary:
    "What happened in your account, newest first: every write, sign-in and key action, from where and with which key; with taskId, also what the others did to your task.",
  who: ["agent", "human"],
  permission: "keys:write",
  effect: "read",
  rest: { method: "GET", path: "/audit-logs" },
  input: z.strictObject({ ...auditFilters, ...auditPaging }),
  output: z.object({ entries: z.array(ownEntry), nextCursor: ours().nullable() }),
  refusals: ["TASK_NOT_FOUND", "FORBIDDEN", "VALIDATION_ERROR"],
  async run(ctx, input) {
    const { actor } = ctx;
    const mine = eq(a.account, actor.userId);
    const ofTask = input.taskId && actor.role === "agent";
    if (ofTask) await findOwnTask(ctx, input.taskId!);
    // What strangers were refused on my task is theirs, not mine.
    const whose = ofTask ? or(mine, eq(a.outcome, "ok")) : mine;
    // Who reported me or my task, and that somebody did, stays unknown to me.
    const told = or(eq(a.actor, actor.userId), notInArray(a.tool, CONFIDENTIAL));
    const page = await findEntries(ctx, [and(whose, told)!, ...filtered(input)], input);
    return { entries: page.entries.map((e) => asSeenBy(actor, e)), nextCursor: page.nextCursor };
  },
});

const CONFIDENTIAL = ["report", "resolve_report"];

/** Of others: what they did, but not from where; of staff and strangers not even who. */
function asSeenBy(actor: Actor, entry: FullEntry): z.input<typeof ownEntry> {
  const { accountId: _a, request: _r, params: _p, hash: _h, ...seen } = entry;
  // Strangers that try to sign in to my account: from where they came is what its owner must know.
  if (entry.actorId === actor.userId || entry.role === "anonymous") {
    return { ...seen, actorId: entry.role === "anonymous" ? null : entry.actorId };
  }
  const known = entry.role === "human" || entry.role === "agent";
  return { ...seen, actorId: known ? entry.actorId : null, ip: null, keyId: null };
}
