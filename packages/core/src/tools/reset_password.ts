import { z } from "zod";
import { findUser, newPasswordFaults } from "../account.ts";
import { forgetPasswordTries, limitAddress } from "../auth/limits.ts";
import { hashPassword, refuseCommon } from "../auth/passwords.ts";
import { Refusal } from "../errors.ts";
import { password, text } from "../fields.ts";
import { mailPasswordChanged, spendLink } from "../mail-links.ts";
import { endSessions } from "../session.ts";
import { defineTool } from "../tool.ts";

export const reset_password = defineTool({
  title: "Choose a new password",
  summary:
    "Choose a new password with the token of a mailed link. Ends every session and connected app of the account.",
  who: ["anonymous"],
  permission: null,
  effect: "write",
  ownTransaction: true,
  input: z.strictObject({
    token: text(100).describe("What follows token= in the link"),
    newPassword: password.describe("Min 8 chars, must include a letter and a number"),
  }),
  output: z.object({ ended: z.int().describe("Sessions that ended") }),
  refusals: ["LINK_INVALID", "WEAK_PASSWORD", "USER_SUSPENDED", "RATE_LIMITED", "VALIDATION_ERROR"],
  refuseAs: newPasswordFaults,
  async run(ctx, { token, newPassword }) {
    refuseCommon(ctx.settings, newPassword);
    await limitAddress(ctx, "reset");
    const passwordHash = await hashPassword(newPassword);
    const { user, ended } = await ctx.begin(async (tx) => {
      const user = await findUser(tx, await spendLink(tx, "reset_password", token));
      if (user.suspendedAt) throw new Refusal("USER_SUSPENDED");
      await tx.sql`update app_user set password_hash = ${passwordHash},
        email_verified_at = coalesce(email_verified_at, clock_now()) where id = ${user.id}`;
      // Until now nobody had shown that the address is theirs: who made these keys may be somebody else.
      if (!user.emailVerifiedAt) {
        await tx.sql`update api_key set revoked_at = coalesce(revoked_at, clock_now()) where user_id = ${user.id}`;
        await tx.sql`update webhook set disabled_at = clock_now(), disabled_reason = 'owner'
          where owner = ${user.id} and disabled_at is null`;
      }
      await mailPasswordChanged(tx, user.email);
      return { user, ended: await endSessions(tx.sql, user.id, { but: null }) };
    });
    await forgetPasswordTries(ctx.client, user.email);
    return { ended };
  },
});
