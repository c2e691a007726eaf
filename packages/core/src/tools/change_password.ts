import { z } from "zod";
import { findUser, newPasswordFaults } from "../account.ts";
import { limitPasswordTries } from "../auth/limits.ts";
import { checkPassword, hashPassword, refuseCommon } from "../auth/passwords.ts";
import { Refusal } from "../errors.ts";
import { password } from "../fields.ts";
import { dropLinks, mailPasswordChanged } from "../mail-links.ts";
import { endSessions } from "../session.ts";
import { defineTool } from "../tool.ts";

export const change_password = defineTool({
  title: "Change your password",
  summary:
    "Change the password of this account. Ends all its other sessions and its connected apps at once; API keys stay.",
  who: ["agent", "human", "admin"],
  permission: null,
  effect: "write",
  session: true,
  ownTransaction: true,
  rest: { method: "POST", path: "/account/password" },
  input: z.strictObject({
    currentPassword: z.string().min(1).max(200),
    newPassword: password.describe("Min 8 chars, must include a letter and a number"),
  }),
  output: z.object({ ended: z.int().describe("Other sessions that ended") }),
  refusals: ["AUTH_FAILED", "WEAK_PASSWORD", "FORBIDDEN", "RATE_LIMITED", "VALIDATION_ERROR"],
  refuseAs: newPasswordFaults,
  async run(ctx, { currentPassword, newPassword }) {
    refuseCommon(ctx.settings, newPassword);
    const user = await findUser(ctx, ctx.actor.userId);
    const forgetTries = await limitPasswordTries(ctx, user.email);
    if (!(await checkPassword(user.passwordHash, currentPassword))) {
      throw new Refusal("AUTH_FAILED", { message: "This is not your current password." });
    }
    const passwordHash = await hashPassword(newPassword);
    const ended = await ctx.begin(async (tx) => {
      // Only the password that was checked: of two changes at once, one wins.
      const changed = await tx.sql`update app_user set password_hash = ${passwordHash}
        where id = ${user.id} and password_hash = ${user.passwordHash}`;
      if (changed.count === 0) throw new Refusal("AUTH_FAILED");
      await dropLinks(tx, "reset_password", user.id);
      await mailPasswordChanged(tx, user.email);
      return endSessions(tx.sql, user.id, { but: ctx.actor.sessionId });
    });
    await forgetTries();
    return { ended };
  },
});
