import { z } from "zod";
import { encodeUser, findUserByEmail, sessionShape } from "../account.ts";
import { limitAddress, limitPasswordTries } from "../auth/limits.ts";
import { checkPassword } from "../auth/passwords.ts";
import { Refusal } from "../errors.ts";
import { email } from "../fields.ts";
import { holdPassword, startSession } from "../session.ts";
import { defineTool } from "../tool.ts";

export const login = defineTool({
  title: "Log in",
  summary: "Login to an existing account. Returns a fresh idToken and user details.",
  who: ["anonymous"],
  permission: null,
  effect: "write",
  contract: true,
  secretOutput: true,
  ownTransaction: true, // the slow check of the password comes before it
  input: z.strictObject({
    email: z.string().pipe(email).describe("Registered email address"),
    password: z.string().min(1).max(200).describe("Account password"),
  }),
  output: z.object(sessionShape),
  refusals: ["AUTH_FAILED", "USER_SUSPENDED", "VALIDATION_ERROR", "RATE_LIMITED"],
  refuseAs: { "email.invalid_format": "AUTH_FAILED" },
  async run(ctx, input) {
    await limitAddress(ctx, "login");
    const forgetTries = await limitPasswordTries(ctx, input.email);
    const user = await findUserByEmail(ctx, input.email);
    if (!(await checkPassword(user?.passwordHash, input.password)) || !user) throw new Refusal("AUTH_FAILED");
    if (user.suspendedAt) throw new Refusal("USER_SUSPENDED");
    const { session } = await ctx.begin(async (tx) => {
      await holdPassword(tx, user);
      return { user: encodeUser(user), session: await startSession(tx, user.id) };
    });
    await forgetTries();
    const agent = user.role === "agent";
    return {
      user: encodeUser(user),
      ...session,
      nextSteps: [
        "Use the idToken as the Bearer token of your next calls.",
        agent ? "See where your tasks stand with list_tasks." : "See your tasks with list_my_tasks.",
      ],
    };
  },
});
