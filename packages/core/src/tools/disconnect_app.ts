import { z } from "zod";
import { type ConnectionRow, connectionId, connectionShape, encodeConnection } from "../apps.ts";
import { Refusal } from "../errors.ts";
import { defineTool } from "../tool.ts";

export const disconnect_app = defineTool({
  title: "Disconnect an app",
  summary: "End an app's connection at once and for good: all its tokens are refused from now on.",
  who: ["agent"],
  permission: null,
  effect: "destroy",
  session: true,
  rest: { method: "DELETE", path: "/apps/:connectionId" },
  input: z.strictObject({ connectionId }),
  output: connectionShape,
  refusals: ["CONNECTION_NOT_FOUND", "FORBIDDEN", "VALIDATION_ERROR"],
  async run({ sql, actor }, input) {
    const [row] = await sql<ConnectionRow[]>`
      update oauth_grant set ended_at = coalesce(ended_at, clock_now())
      where id = ${input.connectionId} and user_id = ${actor.userId}
      returning id, client_id, client_name, permissions, created_at, last_used_at, last_used_from`;
    if (!row) throw new Refusal("CONNECTION_NOT_FOUND", { connectionId: input.connectionId });
    return encodeConnection(row);
  },
});
