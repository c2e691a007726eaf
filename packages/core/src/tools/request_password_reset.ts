import { z } from "zod";
import { limitAddress, limitMail } from "../auth/limits.ts";
import { email } from "../fields.ts";
import { mailReset } from "../mail-links.ts";
import { defineTool } from "../tool.ts";
import { sentence } from "../untrusted/mark.ts";

export const request_password_reset = defineTool({
  title: "Ask for a new password",
  summary:
    "Mail a link for choosing a new password, if the address has an account. The answer is the same if not.",
  who: ["anonymous"],
  permission: null,
  effect: "write",
  ownTransaction: true, // one statement; what it counts must stay counted
  input: z.strictObject({ email: z.string().pipe(email).describe("The account's email address") }),
  output: z.object({ message: sentence }),
  refusals: ["INVALID_EMAIL", "RATE_LIMITED", "VALIDATION_ERROR"],
  refuseAs: { "email.invalid_format": "INVALID_EMAIL", "email.too_big": "INVALID_EMAIL" },
  async run(ctx, input) {
    await limitAddress(ctx, "reset");
    await limitMail(ctx, "forgot", input.email);
    await mailReset(ctx, input.email);
    return {
      message: "If this address has an account, a mail with a link is on its way. It is good for one hour.",
    };
  },
});
