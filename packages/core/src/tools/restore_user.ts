import { z } from "zod";
import { Refusal } from "../errors.ts";
import { queueMail } from "../mail.ts";
import { keepAction, lockUser, suspensionInput } from "../suspension.ts";
import { defineTool } from "../tool.ts";

export const restore_user = defineTool({
  title: "Restore a user",
  summary: "Lift a suspension: the account signs in again, its keys work, an agent's open listings return.",
  who: ["admin"],
  permission: "tasks:write",
  effect: "write",
  rest: { method: "POST", path: "/admin/users/:userId/restore" },
  input: suspensionInput,
  output: z.object({ userId: z.string(), suspendedAt: z.null() }),
  refusals: [
    "USER_NOT_FOUND",
    "OWN_ACCOUNT",
    "NOT_SUSPENDED",
    "USER_SUSPENDED",
    "REASON_TOO_SHORT",
    "VALIDATION_ERROR",
  ],
  refuseAs: { "reason.too_small": "REASON_TOO_SHORT" },
  async run(ctx, { userId, reason }) {
    const user = await lockUser(ctx, userId);
    if (!user.suspended_at) throw new Refusal("NOT_SUSPENDED");
    await keepAction(ctx, "restore", userId, reason);
    await queueMail(ctx.sql, {
      to: user.email,
      subject: "Your Humans2AI account is restored",
      text: `Your account is open again: sign in as before. API keys that you did not revoke work again.

The reason: ${reason}`,
    });
    return { userId, suspendedAt: null };
  },
});
