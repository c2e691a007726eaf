import { and, eq, sql } from "drizzle-orm";
import { z } from "zod";
import { apiKeys } from "../db/schema.ts";
import { Refusal } from "../errors.ts";
import { apiKeyShape, encodeKey, keyId } from "../keys.ts";
import { defineTool } from "../tool.ts";

export const revoke_api_key = defineTool({
  title: "Revoke an API key",
  summary: "End an API key at once and for good.",
  who: ["agent"],
  permission: "keys:write",
  effect: "destroy",
  rest: { method: "DELETE", path: "/api-keys/:keyId" },
  input: z.strictObject({ keyId }),
  output: apiKeyShape,
  refusals: ["KEY_NOT_FOUND", "FORBIDDEN", "VALIDATION_ERROR"],
  async run(ctx, input) {
    const [row] = await ctx.db
      .update(apiKeys)
      .set({ revokedAt: sql`coalesce(revoked_at, clock_now())` })
      .where(and(eq(apiKeys.id, input.keyId), eq(apiKeys.userId, ctx.actor.userId)))
      .returning();
    if (!row) throw new Refusal("KEY_NOT_FOUND", { keyId: input.keyId });
    return encodeKey(row, ctx.now);
  },
});
