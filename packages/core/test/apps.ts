/** Requests of apps, as a browser brings them. */

import { createHash, randomBytes } from "node:crypto";
import type { Actor } from "../src/context.ts";
import type { Core } from "../src/core.ts";
import type { OauthClient } from "../src/oauth/clients.ts";
import { openRequest } from "../src/oauth/requests.ts";
import { keepTokens, newAccessToken, newBrowserToken, newRefreshToken } from "../src/oauth/tokens.ts";
import type { AppPermission } from "../src/vocabulary.ts";

export const RESOURCE = "http://localhost:3000/api/v1/mcp";
export const CALLBACK = "http://127.0.0.1:7777/callback?kept=1";

const APP: OauthClient = {
  id: "https://apps.example.org/client.json",
  name: "An app",
  redirectUris: [CALLBACK],
};

/** One that waits for its answer. */
export async function asked(
  core: Core,
  permissions: AppPermission[] = ["tasks:read", "wallet:read"],
  client: OauthClient = APP,
) {
  const browserToken = newBrowserToken();
  const challenge = createHash("sha256").update(randomBytes(32)).digest("base64url");
  const requestId = await openRequest(core, browserToken, {
    client,
    redirectUri: CALLBACK,
    state: "state of the app",
    permissions,
    resource: RESOURCE,
    challenge,
  });
  return { requestId, browserToken };
}

/** One that was let in, and holds tokens. */
export async function connected(
  core: Core,
  agent: Actor,
  permissions: AppPermission[] = ["tasks:read"],
  client?: OauthClient,
) {
  const request = await asked(core, permissions, client);
  const { id } = await core.call(agent, "connect_app", { ...request, permissions });
  const tokens = { access: newAccessToken(), refresh: newRefreshToken(), permissions };
  await keepTokens(core, id!, tokens);
  return { id: id!, ...tokens };
}
