import { z } from "zod";
import { findUser } from "../account.ts";
import { limitMail } from "../auth/limits.ts";
import { mailVerification } from "../mail-links.ts";
import { defineTool } from "../tool.ts";
import { ours } from "../untrusted/mark.ts";

export const request_email_verification = defineTool({
  title: "Ask for a verification mail",
  summary:
    "Mail a link to this account's address that confirms it; nothing is sent if it is confirmed already.",
  who: ["agent", "human", "admin"],
  permission: null,
  effect: "write",
  session: true,
  ownTransaction: true, // what it counts must stay counted
  rest: { method: "POST", path: "/account/email-verification" },
  input: z.strictObject({}),
  output: z.object({ email: ours(), emailVerified: z.boolean() }),
  refusals: ["FORBIDDEN", "RATE_LIMITED"],
  async run(ctx) {
    const user = await findUser(ctx, ctx.actor.userId);
    const emailVerified = user.emailVerifiedAt !== null;
    if (!emailVerified) {
      await limitMail(ctx, "verify", user.email);
      await ctx.begin((tx) => mailVerification(tx, user));
    }
    return { email: user.email, emailVerified };
  },
});
