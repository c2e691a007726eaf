/** Reports to the admins: what they look like, and what each can be about. */

import { and, eq, or, sql } from "drizzle-orm";
import { z } from "zod";
import { toIso, toIsoOrNull } from "./codecs.ts";
import type { Context } from "./context.ts";
import { applications, messages, type reports, submissions, tasks, users } from "./db/schema.ts";
import { type ErrorCode, Refusal } from "./errors.ts";
import { timestamp } from "./fields.ts";
import { findTask, visibleTo } from "./task-view.ts";
import { written } from "./untrusted/mark.ts";
import { REPORT_CATEGORIES, REPORT_OBJECTS } from "./vocabulary.ts";

export type ReportObject = (typeof REPORT_OBJECTS)[number];

export const reportShape = z.object({
  id: z.string(),
  objectType: z.enum(REPORT_OBJECTS),
  objectId: z.string(),
  taskId: z.string().nullable(),
  category: z.enum(REPORT_CATEGORIES),
  reason: written((_, reader) => (reader.role === "admin" ? "somebody" : "self"), 2000),
  status: z.enum(["open", "dismissed", "acted"]),
  note: written(() => "admin", 2000)
    .nullable()
    .describe("What the reporter was told when it was closed"),
  createdAt: timestamp,
  resolvedAt: timestamp.nullable(),
});

export const encodeReport = (row: typeof reports.$inferSelect): z.input<typeof reportShape> => ({
  id: row.id,
  objectType: row.objectType,
  objectId: row.objectId,
  taskId: row.taskId,
  category: row.category,
  reason: row.reason,
  status: row.outcome ?? "open",
  note: row.note,
  createdAt: toIso(row.createdAt),
  resolvedAt: toIsoOrNull(row.resolvedAt),
});

/** What is reported: on which task, if any, and whose it is. */
interface Found {
  taskId: string | null;
  subjectId: string;
}
type Find = (ctx: Context, id: string) => Promise<Found | undefined>;

/** Each finds its object only if the actor sees it; the code is what the object's own tools would answer. */
const finders: Record<ReportObject, { find: Find; code: ErrorCode; fact: string }> = {
  task: {
    code: "TASK_NOT_FOUND",
    fact: "taskId",
    find: async (ctx, id) => {
      const task = await findTask(ctx, id);
      return { taskId: task.id, subjectId: task.agent_id };
    },
  },
  message: {
    code: "MESSAGE_NOT_FOUND",
    fact: "messageId",
    find: async ({ db, actor }, id) => {
      const side = or(eq(messages.humanId, actor.userId), eq(tasks.agentId, actor.userId));
      const [found] = await db
        .select({ taskId: messages.taskId, subjectId: messages.senderId })
        .from(messages)
        .innerJoin(tasks, eq(tasks.id, messages.taskId))
        .where(and(eq(messages.id, id), side));
      return found;
    },
  },
  submission: {
    code: "SUBMISSION_NOT_FOUND",
    fact: "submissionId",
    find: async ({ db, actor }, id) => {
      const side = or(eq(submissions.humanId, actor.userId), eq(tasks.agentId, actor.userId));
      const [found] = await db
        .select({ taskId: submissions.taskId, subjectId: submissions.humanId })
        .from(submissions)
        .innerJoin(tasks, eq(tasks.id, submissions.taskId))
        .where(and(eq(submissions.id, id), side));
      return found;
    },
  },
  user: { code: "USER_NOT_FOUND", fact: "userId", find: findUser },
};

/** A user is seen who posted a task that the actor sees, or who applied to one of the actor's. */
async function findUser({ db, actor }: Context, id: string): Promise<Found | undefined> {
  const posted = db
    .select({ one: sql`1` })
    .from(tasks)
    .where(and(eq(tasks.agentId, users.id), visibleTo(actor)));
  const applied = db
    .select({ one: sql`1` })
    .from(applications)
    .innerJoin(tasks, eq(tasks.id, applications.taskId))
    .where(and(eq(applications.humanId, users.id), eq(tasks.agentId, actor.userId)));
  const seen = or(eq(users.id, actor.userId), sql`exists ${posted}`, sql`exists ${applied}`);
  const [found] = await db
    .select({ subjectId: users.id })
    .from(users)
    .where(and(eq(users.id, id), seen));
  return found && { taskId: null, subjectId: found.subjectId };
}

/** The reported object as the actor sees it. Refuses with the object's own 404, and with OWN_REPORT. */
export async function findReported(ctx: Context, type: ReportObject, id: string): Promise<Found> {
  const { find, code, fact } = finders[type];
  const found = await find(ctx, id);
  if (!found) throw new Refusal(code, { [fact]: id });
  if (found.subjectId === ctx.actor.userId) throw new Refusal("OWN_REPORT");
  return found;
}
