import { z } from "zod";
import { text } from "../fields.ts";
import { spendLink } from "../mail-links.ts";
import { defineTool } from "../tool.ts";

export const verify_email = defineTool({
  title: "Verify an email address",
  summary: "Confirm an account's address with the token of the link that was mailed to it.",
  who: ["anonymous"],
  permission: null,
  effect: "write",
  ownTransaction: true, // so that the audit is told whose address it was
  input: z.strictObject({ token: text(100).describe("What follows token= in the link") }),
  output: z.object({ emailVerified: z.literal(true) }),
  refusals: ["LINK_INVALID", "VALIDATION_ERROR"],
  async run(ctx, input) {
    await ctx.begin(async (tx) => {
      const id = await spendLink(tx, "verify_email", input.token);
      await tx.sql`update app_user set email_verified_at = coalesce(email_verified_at, clock_now()) where id = ${id}`;
      return { user: { id } };
    });
    return { emailVerified: true as const };
  },
});
