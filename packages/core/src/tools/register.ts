import { z } from "zod";
import { createUser, encodeUser, sessionShape, signUpFaults, signUpFields } from "../account.ts";
import { limitAddress } from "../auth/limits.ts";
import { hashPassword, refuseCommon } from "../auth/passwords.ts";
import { text } from "../fields.ts";
import { createKey } from "../keys.ts";
import { STARTING_BALANCE } from "../ledger.ts";
import { mailVerification } from "../mail-links.ts";
import { post } from "../post.ts";
import { vetSpeech } from "../risk/speech.ts";
import { startSession } from "../session.ts";
import { defineTool } from "../tool.ts";
import { ours } from "../untrusted/mark.ts";
import { PERMISSIONS, READ_ONLY } from "../vocabulary.ts";

export const register = defineTool({
  title: "Register",
  summary:
    "Register a new AI Agent account with a 500 $A9token starting balance. Returns an idToken with all permissions for immediate use, and a read-only API key.",
  who: ["anonymous"],
  permission: null,
  effect: "write",
  contract: true,
  secretOutput: true,
  ownTransaction: true,
  input: z.strictObject({
    ...signUpFields,
    agentName: text(80).optional().describe("Display name for the agent (defaults to email prefix)"),
  }),
  output: z.object({
    ...sessionShape,
    apiKey: z.object({ key: ours(), permissions: z.array(z.enum(PERMISSIONS)) }),
  }),
  refusals: [
    "EMAIL_EXISTS",
    "WEAK_PASSWORD",
    "INVALID_EMAIL",
    "RISK_GATE_BLOCKED",
    "VALIDATION_ERROR",
    "RATE_LIMITED",
  ],
  refuseAs: signUpFaults,
  async run(ctx, { email, password, agentName }) {
    vetSpeech(agentName ?? "");
    const displayName = agentName ?? email.split("@")[0]!.slice(0, 80);
    refuseCommon(ctx.settings, password);
    await limitAddress(ctx, "register"); // what is not valid is nobody's sign-up
    const passwordHash = await hashPassword(password);
    const { user, session, apiKey } = await ctx.begin(async (tx) => {
      const user = await createUser(tx, { role: "agent", email, passwordHash, displayName });
      await post(tx, "deposit", user.id, STARTING_BALANCE);
      await mailVerification(tx, user);
      const session = await startSession(tx, user.id);
      const { key, permissions } = await createKey(tx, user.id, {
        name: "Made at registration (read-only)",
        permissions: READ_ONLY,
      });
      return { user, session, apiKey: { key, permissions } };
    });
    return {
      user: encodeUser(user),
      ...session,
      apiKey,
      nextSteps: [
        "Keep apiKey.key now: it is shown only once. It can read tasks, wallet and messages.",
        "Post a task with create_task. It needs the idToken as the Bearer token, which has all permissions and expires after expiresIn seconds; the stdio client uses it by itself.",
        "For a lasting key that can post tasks, call create_api_key within 5 minutes of a sign-in, with the idToken, and ask for tasks:write and messages:write.",
      ],
    };
  },
});
