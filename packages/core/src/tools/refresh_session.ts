import { eq } from "drizzle-orm";
import { z } from "zod";
import { encodeUser, sessionShape } from "../account.ts";
import { hashToken } from "../auth/tokens.ts";
import { clockNow, sessions, signIns, users } from "../db/schema.ts";
import { Refusal } from "../errors.ts";
import { text } from "../fields.ts";
import { endSessions, expiry, issueTokens } from "../session.ts";
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
    // Its sign-in is the family's lock: a rotation and the family's end never pass each other.
    await ctx.sql`select from sign_in where id = (select family from session where token_hash = ${tokenHash})
      for no key update`;
    const [found] = await ctx.db
      .select({ token: sessions, signIn: signIns, user: users })
      .from(sessions)
      .innerJoin(signIns, eq(signIns.id, sessions.family))
      .innerJoin(users, eq(users.id, sessions.userId))
      .where(eq(sessions.tokenHash, tokenHash));
    const message = "This refreshToken is no longer valid. Log in again.";
    if (!found || new Date(found.token.expiresAt) <= ctx.now) {
      throw new Refusal("UNAUTHORIZED", { message });
    }
    const { token, signIn, user } = found;
    if (user.suspendedAt) throw new Refusal("USER_SUSPENDED");
    if (signIn.endedAt) throw new Refusal("UNAUTHORIZED", { message });
    if (token.usedAt) {
      // Used twice: somebody copied it. The whole family ends; returned, so that this is kept.
      await endSessions(ctx.sql, user.id, { only: signIn.id });
      return new Refusal("UNAUTHORIZED", { message, userId: user.id });
    }
    await ctx.db.update(sessions).set({ usedAt: clockNow }).where(eq(sessions.id, token.id));
    const session = { ...signIn, signedInAt: new Date(signIn.signedInAt) };
    await ctx.db
      .update(signIns)
      .set({ expiresAt: expiry(ctx, session.signedInAt), lastSeenAt: clockNow })
      .where(eq(signIns.id, signIn.id));
    return {
      user: encodeUser(user),
      ...(await issueTokens(ctx, session)),
      nextSteps: ["Use the idToken as the Bearer token of your next calls."],
    };
  },
});
