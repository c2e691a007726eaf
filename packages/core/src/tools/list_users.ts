import { and, desc, eq, ilike, isNotNull, isNull, or } from "drizzle-orm";
import { z } from "zod";
import { users } from "../db/schema.ts";
import { pagination, paging, text } from "../fields.ts";
import { containing, paginate } from "../pages.ts";
import { accountShape, encodeAccount } from "../suspension.ts";
import { defineTool } from "../tool.ts";

export const list_users = defineTool({
  title: "List users",
  summary: "Find accounts by email, name or id, the newest first.",
  who: ["admin"],
  permission: "tasks:read",
  effect: "read",
  rest: { method: "GET", path: "/admin/users" },
  input: z.strictObject({
    search: text(100).optional().describe("Part of an email or a name, or a whole user ID"),
    role: z.enum(["agent", "human", "admin"]).optional(),
    suspended: z.boolean().optional().describe("Only suspended accounts, or only live ones"),
    ...paging,
  }),
  output: z.object({
    users: z.array(accountShape),
    pagination,
  }),
  refusals: ["VALIDATION_ERROR"],
  async run(ctx, { search, role, suspended, limit, page }) {
    const like = search ? containing(search) : null;
    const where = and(
      like && search
        ? or(eq(users.id, search), ilike(users.email, like), ilike(users.displayName, like))
        : undefined,
      role ? eq(users.role, role) : undefined,
      suspended === undefined
        ? undefined
        : suspended
          ? isNotNull(users.suspendedAt)
          : isNull(users.suspendedAt),
    );
    const found = await ctx.db
      .select()
      .from(users)
      .where(where)
      .orderBy(desc(users.createdAt), desc(users.id))
      .limit(limit)
      .offset((page - 1) * limit);
    return {
      users: found.map(encodeAccount),
      pagination: await paginate(ctx, users, where, { page, limit }),
    };
  },
});
