import { z } from "zod";
import { appHost, appName, appPermissions, browserToken, requestId } from "../apps.ts";
import { provenHost } from "../oauth/clients.ts";
import { isLoopback } from "../oauth/redirects.ts";
import { findRequest } from "../oauth/requests.ts";
import { defineTool } from "../tool.ts";
import { ours } from "../untrusted/mark.ts";

export const get_app_request = defineTool({
  title: "See what an app asks for",
  summary: "What an app that wants to be connected to this account asks for, before the owner answers.",
  who: ["agent"],
  permission: null,
  effect: "read",
  session: true,
  input: z.strictObject({ requestId, browserToken }),
  output: z.object({
    appName,
    appHost,
    answersTo: ours(z.string().describe("The host, or the scheme, that the app is answered at")),
    local: z.boolean().describe("It is answered on the owner's own machine"),
    permissions: appPermissions,
  }),
  refusals: ["APP_REQUEST_NOT_FOUND", "FORBIDDEN", "VALIDATION_ERROR"],
  async run(ctx, input) {
    const found = await findRequest(ctx, input.requestId, input.browserToken);
    const { protocol, host } = new URL(found.redirect_uri);
    return {
      appName: found.client_name,
      appHost: provenHost(found.client_id),
      answersTo: protocol === "https:" || protocol === "http:" ? host : protocol,
      local: isLoopback(found.redirect_uri),
      permissions: found.permissions as z.input<typeof appPermissions>,
    };
  },
});
