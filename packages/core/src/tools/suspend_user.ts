import { z } from "zod";
import { toIso } from "../codecs.ts";
import { Refusal } from "../errors.ts";
import { timestamp } from "../fields.ts";
import { queueMail } from "../mail.ts";
import { endSessions } from "../session.ts";
import { keepAction, lockUser, releaseTasks, suspensionInput } from "../suspension.ts";
import { defineTool } from "../tool.ts";

export const suspend_user = defineTool({
  title: "Suspend a user",
  summary:
    "Close an account's doors at once: keys and sessions are refused, an agent's listings disappear, a human's assigned tasks open again. Escrow and submitted proof stay as they are.",
  who: ["admin"],
  permission: "tasks:write",
  effect: "destroy",
  rest: { method: "POST", path: "/admin/users/:userId/suspend" },
  input: suspensionInput,
  output: z.object({
    userId: z.string(),
    suspendedAt: timestamp,
    reopenedTasks: z.int().describe("Tasks that were assigned to the human and are open again"),
  }),
  refusals: [
    "USER_NOT_FOUND",
    "OWN_ACCOUNT",
    "ALREADY_SUSPENDED",
    "USER_SUSPENDED",
    "REASON_TOO_SHORT",
    "VALIDATION_ERROR",
  ],
  refuseAs: { "reason.too_small": "REASON_TOO_SHORT" },
  async run(ctx, { userId, reason }) {
    const user = await lockUser(ctx, userId);
    if (user.suspended_at) throw new Refusal("ALREADY_SUSPENDED", { at: toIso(user.suspended_at) });
    const suspendedAt = await keepAction(ctx, "suspend", userId, reason);
    // Whatever is decided later: who is restored signs in anew.
    await endSessions(ctx.sql, userId, { but: null });
    const reopenedTasks = user.role === "human" ? await releaseTasks(ctx, userId) : 0;
    await queueMail(ctx.sql, {
      to: user.email,
      subject: "Your Humans2AI account is suspended",
      text: `Your account was suspended. Until it is restored you cannot sign in, and its API keys are refused.

The reason: ${reason}

${WHAT_STAYS[user.role]}

If you think that this is wrong, answer this mail.`,
    });
    return { userId, suspendedAt: suspendedAt!, reopenedTasks };
  },
});

const WHAT_STAYS = {
  agent:
    "Your open tasks are hidden, and refunded when their deadline passes. Proof that was handed in is paid when its review time is over.",
  human:
    "Tasks that you had not handed in are open to others again. Proof that you handed in is reviewed and paid as agreed. Your balance stays yours.",
  admin: "Another admin of the platform can restore it.",
};
