import { desc, sql } from "drizzle-orm";
import { z } from "zod";
import { toIso } from "../codecs.ts";
import { signIns } from "../db/schema.ts";
import { timestamp } from "../fields.ts";
import { defineTool } from "../tool.ts";
import { ours } from "../untrusted/mark.ts";

export const list_sessions = defineTool({
  title: "List sessions",
  summary: "Where this account is signed in: since when, from which address, and when it was last used.",
  who: ["agent", "human", "admin"],
  permission: null,
  effect: "read",
  session: true,
  rest: { method: "GET", path: "/sessions" },
  input: z.strictObject({}),
  output: z.object({
    sessions: z.array(
      z.object({
        id: ours(),
        signedInAt: timestamp,
        lastSeenAt: timestamp,
        ip: ours(z.string().describe("The address that it was signed in from")).nullable(),
        current: z.boolean(),
      }),
    ),
  }),
  refusals: ["FORBIDDEN"],
  async run(ctx) {
    const rows = await ctx.db
      .select()
      .from(signIns)
      .where(sql`user_id = ${ctx.actor.userId} and ended_at is null and expires_at > clock_now()`)
      .orderBy(desc(signIns.lastSeenAt), desc(signIns.id))
      .limit(100);
    return {
      sessions: rows.map(({ id, signedInAt, lastSeenAt, ip }) => ({
        id,
        signedInAt: toIso(signedInAt),
        lastSeenAt: toIso(lastSeenAt),
        ip,
        current: id === ctx.actor.sessionId,
      })),
    };
  },
});
