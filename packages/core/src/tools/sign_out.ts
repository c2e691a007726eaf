import { z } from "zod";
import { endSessions } from "../session.ts";
import { defineTool } from "../tool.ts";

export const sign_out = defineTool({
  title: "Sign out",
  summary:
    "End this session: its idToken and refreshToken, or its browser's cookie, are refused from now on.",
  who: ["agent", "human", "admin"],
  permission: null,
  effect: "write",
  session: true,
  rest: { method: "POST", path: "/sessions/sign-out" },
  input: z.strictObject({}),
  output: z.object({ ended: z.int().describe("Sessions that ended") }),
  refusals: ["FORBIDDEN"],
  async run(ctx) {
    const { userId, sessionId } = ctx.actor;
    return { ended: sessionId ? await endSessions(ctx.sql, userId, { only: sessionId }) : 0 };
  },
});
