import { z } from "zod";
import { type ConnectionRow, connectionShape, encodeConnection } from "../apps.ts";
import { defineTool } from "../tool.ts";

export const list_apps = defineTool({
  title: "List connected apps",
  summary: "The apps that may act for this account, with their permissions and last use.",
  who: ["agent"],
  permission: null,
  effect: "read",
  session: true,
  rest: { method: "GET", path: "/apps" },
  input: z.strictObject({}),
  output: z.object({ apps: z.array(connectionShape) }),
  refusals: ["FORBIDDEN"],
  async run({ sql, actor }) {
    const rows = await sql<ConnectionRow[]>`
      select id, client_id, client_name, permissions, created_at, last_used_at, last_used_from from oauth_grant
      where user_id = ${actor.userId} and ended_at is null and exists (
        select from oauth_token t where t.grant_id = oauth_grant.id and t.used_at is null and t.expires_at > clock_now())
      order by coalesce(last_used_at, created_at) desc, id desc limit 100`;
    return { apps: rows.map(encodeConnection) };
  },
});
