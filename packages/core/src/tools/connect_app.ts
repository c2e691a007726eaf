import { z } from "zod";
import { appPermissions, browserToken, requestId } from "../apps.ts";
import type { Context } from "../context.ts";
import { Refusal } from "../errors.ts";
import { answerTo } from "../oauth/redirects.ts";
import { answerRequest, findRequest, type RequestRow } from "../oauth/requests.ts";
import { issueCode } from "../oauth/tokens.ts";
import { defineTool } from "../tool.ts";
import { ours } from "../untrusted/mark.ts";
import { APP_PERMISSIONS, type Permission } from "../vocabulary.ts";

/** Live connections of an account; one more ends the oldest. */
const MOST = 50;

export const connect_app = defineTool({
  title: "Answer an app",
  summary:
    "Let an app act for this account with some of the permissions that it asks for, or, with none, refuse it. The owner's answer, given in the browser that the app was connected from.",
  who: ["agent"],
  permission: null,
  effect: "write",
  session: true,
  secretOutput: true,
  input: z.strictObject({
    requestId,
    browserToken,
    permissions: appPermissions.max(APP_PERMISSIONS.length).describe("Of those asked for; none refuses it"),
  }),
  output: z.object({
    id: ours(z.string().describe("The connection's ID")).nullable(),
    redirectTo: ours(z.string().describe("Where the browser goes now: to the app")),
  }),
  refusals: ["APP_REQUEST_NOT_FOUND", "FORBIDDEN", "VALIDATION_ERROR"],
  async run(ctx, input) {
    const asked = await findRequest(ctx, input.requestId, input.browserToken);
    const permissions = [...new Set(input.permissions)];
    const extra = permissions.find((permission) => !asked.permissions.includes(permission));
    if (extra) {
      const message = `holds ${extra}, which the app did not ask for`;
      throw new Refusal("VALIDATION_ERROR", {
        message: `permissions: ${message}`,
        fields: [{ path: "permissions", message }],
      });
    }
    await answerRequest(ctx, asked.id);
    const iss = new URL(ctx.settings.publicUrl).origin;
    const answer = (said: Record<string, string>) =>
      answerTo(asked.redirect_uri, { ...said, state: asked.state, iss });
    if (permissions.length === 0) return { id: null, redirectTo: answer({ error: "access_denied" }) };
    const id = await connect(ctx, asked, permissions);
    const code = await issueCode(
      ctx.sql,
      { id, permissions },
      { redirectUri: asked.redirect_uri, challenge: asked.challenge },
    );
    return { id, redirectTo: answer({ code }) };
  },
});

async function connect(ctx: Context, asked: RequestRow, permissions: Permission[]): Promise<string> {
  const { sql, actor } = ctx;
  const id = ctx.id("con");
  await sql`
    insert into oauth_grant (id, user_id, client_id, client_name, resource, permissions, created_at)
    values (${id}, ${actor.userId}, ${asked.client_id}, ${asked.client_name}, ${asked.resource}, ${permissions},
      clock_now())`;
  await sql`
    update oauth_grant set ended_at = clock_now() where id in (
      select id from oauth_grant where user_id = ${actor.userId} and ended_at is null
      order by coalesce(last_used_at, created_at) desc, id desc offset ${MOST})`;
  return id;
}
