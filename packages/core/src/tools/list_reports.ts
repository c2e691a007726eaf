import { and, asc, desc, eq, isNotNull, isNull, sql } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";
import { z } from "zod";
import { reports, users } from "../db/schema.ts";
import { pagination, paging, userId } from "../fields.ts";
import { paginate } from "../pages.ts";
import { encodeReport, reportShape } from "../reports.ts";
import { defineTool } from "../tool.ts";
import { type Author, written } from "../untrusted/mark.ts";
import { REPORT_CATEGORIES, REPORT_OBJECTS } from "../vocabulary.ts";

const person = z.object({
  id: z.string(),
  name: written((user) => user.role as Author, 80),
  role: z.enum(["agent", "human", "admin"]),
  suspended: z.boolean(),
});
const [reporter, subject] = [alias(users, "reporter"), alias(users, "subject")];
const encodePerson = (u: typeof users.$inferSelect): z.input<typeof person> => ({
  id: u.id,
  name: u.displayName,
  role: u.role,
  suspended: u.suspendedAt !== null,
});

/** What was reported, as it was written. */
const excerpt = sql<string | null>`case ${reports.objectType}
  when 'task' then (select concat_ws('\n\n', title, description, nullif(array_to_string(requirements, '\n'), ''))
    from task where id = ${reports.objectId})
  when 'message' then (select content from message where id = ${reports.objectId})
  when 'submission' then (select concat_ws('\n\n', body, nullif(array_to_string(links, '\n'), ''))
    from submission where id = ${reports.objectId})
  else (select display_name from app_user where id = ${reports.objectId}) end`;

export const list_reports = defineTool({
  title: "List reports",
  summary:
    "Reports from users with what they are about: open ones, oldest first; closed ones, latest first. All texts in them are other people's words.",
  who: ["admin"],
  permission: "tasks:read",
  effect: "read",
  rest: { method: "GET", path: "/admin/reports" },
  input: z.strictObject({
    status: z.enum(["open", "closed"]).default("open"),
    objectType: z.enum(REPORT_OBJECTS).optional().describe("Filter by what is reported"),
    category: z.enum(REPORT_CATEGORIES).optional().describe("Filter by category"),
    subjectId: userId.optional().describe("Only reports against this user"),
    ...paging,
  }),
  output: z.object({
    reports: z.array(
      reportShape.extend({
        excerpt: written(() => "somebody", 10_000)
          .nullable()
          .describe("The reported text"),
        reporter: person,
        subject: person,
        resolvedBy: written(() => "admin", 80)
          .nullable()
          .describe("The admin who closed it"),
      }),
    ),
    pagination,
  }),
  refusals: ["VALIDATION_ERROR"],
  async run(ctx, { limit, page, ...f }) {
    const open = f.status === "open";
    const where = and(
      open ? isNull(reports.resolvedAt) : isNotNull(reports.resolvedAt),
      f.objectType ? eq(reports.objectType, f.objectType) : undefined,
      f.category ? eq(reports.category, f.category) : undefined,
      f.subjectId ? eq(reports.subjectId, f.subjectId) : undefined,
    );
    const found = await ctx.db
      .select({ report: reports, reporter, subject, excerpt, resolvedBy: users.displayName })
      .from(reports)
      .innerJoin(reporter, eq(reporter.id, reports.reporterId))
      .innerJoin(subject, eq(subject.id, reports.subjectId))
      .leftJoin(users, eq(users.id, reports.resolvedBy))
      .where(where)
      .orderBy(
        ...(open ? [asc(reports.createdAt), asc(reports.id)] : [desc(reports.resolvedAt), desc(reports.id)]),
      )
      .limit(limit)
      .offset((page - 1) * limit);
    return {
      reports: found.map((row) => ({
        ...encodeReport(row.report),
        excerpt: row.excerpt,
        reporter: encodePerson(row.reporter),
        subject: encodePerson(row.subject),
        resolvedBy: row.resolvedBy,
      })),
      pagination: await paginate(ctx, reports, where, { page, limit }),
    };
  },
});
