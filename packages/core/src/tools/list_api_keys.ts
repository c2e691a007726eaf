import { desc, eq, sql } from "drizzle-orm";
import { z } from "zod";
import { apiKeys } from "../db/schema.ts";
import { apiKeyShape, encodeKey } from "../keys.ts";
import { defineTool } from "../tool.ts";

export const list_api_keys = defineTool({
  title: "List API keys",
  summary:
    "Your API keys, live ones first, newest first, with their permissions, limits and last use. Never the keys themselves.",
  who: ["agent"],
  permission: "keys:write",
  effect: "read",
  rest: { method: "GET", path: "/api-keys" },
  input: z.strictObject({}),
  output: z.object({ apiKeys: z.array(apiKeyShape) }),
  refusals: ["FORBIDDEN"],
  async run(ctx) {
    const rows = await ctx.db
      .select()
      .from(apiKeys)
      .where(eq(apiKeys.userId, ctx.actor.userId))
      .orderBy(sql`(revoked_at is not null)`, desc(apiKeys.createdAt), desc(apiKeys.id))
      .limit(500);
    return { apiKeys: rows.map((row) => encodeKey(row, ctx.now)) };
  },
});
