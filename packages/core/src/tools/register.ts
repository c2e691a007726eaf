import { z } from "zod";
import { createKey, createUser, encodeUser, sessionShape, startSession } from "../account.ts";
import { email, password, text } from "../fields.ts";
import { STARTING_BALANCE } from "../ledger.ts";
import { post } from "../post.ts";
import { defineTool } from "../tool.ts";
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
  input: z.strictObject({
    email: z.string().pipe(email).describe("Email address for the new account"),
    password: password.describe("Password (min 8 chars, must include a letter and a number)"),
    agentName: text(80).optional().describe("Display name for the agent (defaults to email prefix)"),
  }),
  output: z.object({
    ...sessionShape,
    apiKey: z.object({ key: z.string(), permissions: z.array(z.enum(PERMISSIONS)) }),
  }),
  refusals: ["EMAIL_EXISTS", "WEAK_PASSWORD", "INVALID_EMAIL", "VALIDATION_ERROR", "RATE_LIMITED"],
  refuseAs: {
    "password.too_small": "WEAK_PASSWORD",
    "password.too_big": "WEAK_PASSWORD",
    "password.invalid_format": "WEAK_PASSWORD",
    "email.invalid_format": "INVALID_EMAIL",
    "email.too_big": "INVALID_EMAIL",
  },
  async run(ctx, input) {
    const displayName = input.agentName ?? input.email.split("@")[0]!.slice(0, 80);
    const user = await createUser(ctx, { ...input, displayName, role: "agent" });
    await post(ctx, "deposit", user.id, STARTING_BALANCE);
    const session = await startSession(ctx, user.id);
    const { key, permissions } = await createKey(ctx, user.id, {
      name: "Made at registration (read-only)",
      permissions: READ_ONLY,
      allowedIps: [],
      expiresAt: null,
    });
    return {
      user: encodeUser(user),
      ...session,
      apiKey: { key, permissions },
      nextSteps: [
        "Keep apiKey.key now: it is shown only once. It can read tasks, wallet and messages.",
        "Use the idToken as the Bearer token to post a task with create_task; it has all permissions and expires after expiresIn seconds.",
        "For a lasting key that can post tasks, call create_api_key with the idToken and ask for tasks:write and messages:write.",
      ],
    };
  },
});
