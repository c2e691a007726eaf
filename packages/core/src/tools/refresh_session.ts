import { and, eq, isNull } from "drizzle-orm";
import { z } from "zod";
import { encodeUser, sessionShape, startSession } from "../account.ts";
import { hashToken } from "../auth/tokens.ts";
import { clockNow, sessions, users } from "../db/schema.ts";
import { Refusal } from "../errors.ts";
import { text } from "../fields.ts";
import { defineTool } from "../tool.ts";

export const refresh_session = defineTool({
  title: "Refresh a session",
  summary: "Exchange a refreshToken, once, for a new idToken and refreshToken.",
  who: ["anonymous"],
  permission: null,
  effect: "write",
  secretOutput: true,
  input: z.strictObject({ refreshToken: text(100).describe("The last refreshToken received") }),
  output: z.object(sessionShape),
  refusals: ["UNAUTHORIZED", "USER_SUSPENDED", "VALIDATION_ERROR"],
  async run(ctx, input) {
    const tokenHash = hashToken(input.refreshToken);
    const [session] = await ctx.db
      .select({ row: sessions, user: users })
      .from(sessions)
      .innerJoin(users, eq(users.id, sessions.userId))
      .where(eq(sessions.tokenHash, tokenHash))
      .for("update", { of: sessions });
    const stale = new Refusal("UNAUTHORIZED", {
      message: "This refreshToken is no longer valid. Log in again.",
    });
    if (!session || new Date(session.row.expiresAt) <= ctx.now) throw stale;
    if (session.user.suspendedAt) throw new Refusal("USER_SUSPENDED");
    if (session.row.usedAt) {
      // Used twice: somebody copied it. The whole family ends, outside this transaction, which the refusal undoes.
      const family = session.row.family;
      await ctx.client`update session set used_at = clock_now() where family = ${family} and used_at is null`;
      throw stale;
    }
    await ctx.db
      .update(sessions)
      .set({ usedAt: clockNow })
      .where(and(eq(sessions.tokenHash, tokenHash), isNull(sessions.usedAt)));
    return {
      user: encodeUser(session.user),
      ...(await startSession(ctx, session.user.id, session.row.family)),
      nextSteps: ["Use the idToken as the Bearer token of your next calls."],
    };
  },
});
