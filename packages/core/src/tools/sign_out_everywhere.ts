import { z } from "zod";
import { endSessions } from "../session.ts";
import { defineTool } from "../tool.ts";

export const sign_out_everywhere = defineTool({
  title: "Sign out everywhere",
  summary:
    "End every session and every connected app of this account, this session too. API keys stay: revoke them one by one.",
  who: ["agent", "human", "admin"],
  permission: null,
  effect: "destroy",
  session: true,
  rest: { method: "POST", path: "/sessions/sign-out-everywhere" },
  input: z.strictObject({}),
  output: z.object({ ended: z.int().describe("Sessions that ended") }),
  refusals: ["FORBIDDEN"],
  async run(ctx) {
    return { ended: await endSessions(ctx.sql, ctx.actor.userId, { but: null }) };
  },
});
