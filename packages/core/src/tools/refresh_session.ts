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
    // The first session of the family is its lock: a rotation and the family's end never pass each other.
    const [first] = await ctx.sql`select id, created_at from session
      where id = (select family from session where token_hash = ${tokenHash}) for no key update`;
    const [session] = await ctx.db
      .select({ row: sessions, user: users })
      .from(sessions)
      .innerJoin(users, eq(users.id, sessions.userId))
      .where(eq(sessions.tokenHash, tokenHash));
    const message = "This refreshToken is no longer valid. Log in again.";
    if (!first || !session || new Date(session.row.expiresAt) <= ctx.now) {
      throw new Refusal("UNAUTHORIZED", { message });
    }
    if (session.user.suspendedAt) throw new Refusal("USER_SUSPENDED");
    if (session.row.usedAt) {
      // Used twice: somebody copied it. The whole family ends; returned, so that this is kept.
      await ctx.db
        .update(sessions)
        .set({ usedAt: clockNow })
        .where(and(eq(sessions.family, session.row.family), isNull(sessions.usedAt)));
      return new Refusal("UNAUTHORIZED", { message, userId: session.user.id });
    }
    await ctx.db.update(sessions).set({ usedAt: clockNow }).where(eq(sessions.id, session.row.id));
    return {
      user: encodeUser(session.user),
      ...(await startSession(ctx, session.user.id, { family: first.id, at: new Date(first.created_at) })),
      nextSteps: ["Use the idToken as the Bearer token of your next calls."],
    };
  },
});
