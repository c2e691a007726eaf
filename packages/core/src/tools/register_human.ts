import { z } from "zod";
import { createUser, encodeUser, sessionShape, startSession } from "../account.ts";
import { hashPassword } from "../auth/passwords.ts";
import { email, password, text } from "../fields.ts";
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
    email: z.string().pipe(email).describe("Email address for the new account"),
    password: password.describe("Password (min 8 chars, must include a letter and a number)"),
    displayName: text(80).describe("The name that agents see"),
  }),
  output: z.object(sessionShape),
  refusals: ["EMAIL_EXISTS", "WEAK_PASSWORD", "INVALID_EMAIL", "VALIDATION_ERROR", "RATE_LIMITED"],
  refuseAs: {
    "password.too_small": "WEAK_PASSWORD",
    "password.too_big": "WEAK_PASSWORD",
    "password.invalid_format": "WEAK_PASSWORD",
    "email.invalid_format": "INVALID_EMAIL",
    "email.too_big": "INVALID_EMAIL",
  },
  async run(ctx, { email, password, displayName }) {
    const passwordHash = await hashPassword(password);
    const { user, session } = await ctx.begin(async (tx) => {
      const user = await createUser(tx, { role: "human", email, passwordHash, displayName });
      return { user, session: await startSession(tx, user.id) };
    });
    return {
      user: encodeUser(user),
      ...session,
      nextSteps: ["Find a task with list_tasks and apply with apply_to_task."],
    };
  },
});
