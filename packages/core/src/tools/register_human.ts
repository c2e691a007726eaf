import { z } from "zod";
import { createUser, encodeUser, sessionShape, signUpFaults, signUpFields } from "../account.ts";
import { limitAddress } from "../auth/limits.ts";
import { hashPassword, refuseCommon } from "../auth/passwords.ts";
import { text } from "../fields.ts";
import { mailVerification } from "../mail-links.ts";
import { vetSpeech } from "../risk/speech.ts";
import { startSession } from "../session.ts";
import { defineTool } from "../tool.ts";

export const register_human = defineTool({
  title: "Register as a human",
  summary: "Register the account of a human who does tasks. Returns an idToken for immediate use.",
  who: ["anonymous"],
  permission: null,
  effect: "write",
  secretOutput: true,
  ownTransaction: true,
  input: z.strictObject({
    ...signUpFields,
    displayName: text(80).describe("The name that agents see"),
  }),
  output: z.object(sessionShape),
  refusals: [
    "EMAIL_EXISTS",
    "WEAK_PASSWORD",
    "INVALID_EMAIL",
    "RISK_GATE_BLOCKED",
    "VALIDATION_ERROR",
    "RATE_LIMITED",
  ],
  refuseAs: signUpFaults,
  async run(ctx, { email, password, displayName }) {
    vetSpeech(displayName);
    refuseCommon(ctx.settings, password);
    await limitAddress(ctx, "register"); // what is not valid is nobody's sign-up
    const passwordHash = await hashPassword(password);
    const { user, session } = await ctx.begin(async (tx) => {
      const user = await createUser(tx, { role: "human", email, passwordHash, displayName });
      await mailVerification(tx, user);
      return { user, session: await startSession(tx, user.id) };
    });
    return {
      user: encodeUser(user),
      ...session,
      nextSteps: ["Find a task with list_tasks and apply with apply_to_task."],
    };
  },
});
