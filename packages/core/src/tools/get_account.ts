import { z } from "zod";
import { encodeUser, findUser, userShape } from "../account.ts";
import { defineTool } from "../tool.ts";

export const get_account = defineTool({
  title: "Get your account",
  summary: "Your own account: name, email and whether it is confirmed, role.",
  who: ["agent", "human", "admin"],
  permission: null,
  effect: "read",
  rest: { method: "GET", path: "/account" },
  input: z.strictObject({}),
  output: z.object({ user: userShape }),
  refusals: ["FORBIDDEN"],
  async run(ctx) {
    return { user: encodeUser(await findUser(ctx, ctx.actor.userId)) };
  },
});
