/** Apps that connect without a key: the whole way, with the official client and by hand. */

import {
  Client,
  type OAuthClientProvider,
  type OAuthDiscoveryState,
  StreamableHTTPClientTransport,
  UnauthorizedError,
} from "@modelcontextprotocol/client";
import { expect, test } from "vitest";
import { rpcOf } from "./mcp.ts";
import { CALLBACK, oauthOf, pkce, startOauth, USUAL } from "./oauth.ts";

const api = await startOauth();
const agent = await api.agent();
const { browser, codeFor, connect, exchange, refresh, register, requestOf } = oauthOf(api);
const { legacy } = rpcOf(api);

test("a protected resource says who gives tokens for it, at each of its addresses", async () => {
  for (const path of ["", "/mcp", "/api/v1/mcp"]) {
    const { status, body, headers } = await api.send(`/.well-known/oauth-protected-resource${path}`);
    expect(status).toBe(200);
    expect(headers.get("access-control-allow-origin")).toBe("*");
    expect(body).toEqual({
      resource: api.url + path,
      authorization_servers: [api.url],
      scopes_supported: ["tasks:read", "tasks:write", "wallet:read", "messages:read", "messages:write"],
      bearer_methods_supported: ["header"],
      resource_name: "Humans2AI",
    });
  }
  const elsewhere = await api.send("/.well-known/oauth-protected-resource/api/v1/files");
  expect(elsewhere.status).toBe(404);
});

test("the authorization server describes itself", async () => {
  const { body } = await api.send("/.well-known/oauth-authorization-server");
  expect(body).toMatchObject({
    issuer: api.url,
    authorization_endpoint: `${api.url}/oauth/authorize`,
    token_endpoint: `${api.url}/oauth/token`,
    revocation_endpoint: `${api.url}/oauth/revoke`,
    registration_endpoint: `${api.url}/oauth/register`,
    code_challenge_methods_supported: ["S256"],
    response_types_supported: ["code"],
    grant_types_supported: ["authorization_code", "refresh_token"],
    token_endpoint_auth_methods_supported: ["none"],
    authorization_response_iss_parameter_supported: true,
    client_id_metadata_document_supported: true,
  });
  const posted = await api.send("/.well-known/oauth-authorization-server", { method: "POST", body: {} });
  expect(posted.status).toBe(405);
});

test("/mcp wants a credential from the first request on, and says where to get one", async () => {
  const message = { jsonrpc: "2.0", id: 7, method: "ping" };
  const none = await api.send("/mcp", { body: message });
  expect(none.status).toBe(401);
  expect(none.headers.get("www-authenticate")).toBe(
    `Bearer resource_metadata="${api.url}/.well-known/oauth-protected-resource/mcp", scope="${USUAL}"`,
  );
  expect(none.body).toMatchObject({ id: 7, error: { data: { code: "UNAUTHORIZED" } } });
  const wrong = await api.send("/mcp", { body: message, as: "oat_wrong" });
  expect(wrong.status).toBe(401);
  expect(wrong.headers.get("www-authenticate")).toMatch(/^Bearer error="invalid_token", resource_metadata="/);
  const anonymous = await legacy("tools/list");
  expect(anonymous.status).toBe(200);
});

test("the official client connects, is let in by the owner, refreshes, and steps up", async () => {
  const { provider, state, letIn } = clientApp();
  const transport = () =>
    new StreamableHTTPClientTransport(new URL(`${api.url}/mcp`), { authProvider: provider });
  const newClient = () => new Client({ name: "test", version: "1.0.0" });
  const first = transport();
  await expect(newClient().connect(first)).rejects.toThrow(UnauthorizedError);
  expect(state.link?.searchParams.get("resource")).toBe(`${api.url}/mcp`);
  expect(state.link?.searchParams.get("scope")).toBe(USUAL);
  await first.finishAuth(await letIn(["tasks:read", "wallet:read"]));
  expect(state.held?.scope).toBe("tasks:read wallet:read");

  const client = newClient();
  await client.connect(transport());
  const wallet = await client.callTool({ name: "get_wallet", arguments: {} });
  expect(wallet.structuredContent).toMatchObject({ balance: 500 });

  const stepUp = client.callTool({ name: "get_messages", arguments: { taskId: "task_x" } });
  await expect(stepUp).rejects.toThrow(UnauthorizedError);
  expect(state.link?.searchParams.get("scope")?.split(" ").sort()).toEqual(
    ["messages:read", "tasks:read", "wallet:read"].sort(),
  );
  await client.close();

  const before = state.held!;
  state.held = { ...before, access_token: "oat_gone" };
  const again = newClient();
  await again.connect(transport());
  expect(state.held?.refresh_token).not.toBe(before.refresh_token);
  await again.close();
});

interface Held {
  access_token: string;
  token_type: string;
  refresh_token?: string | undefined;
  scope?: string | undefined;
}

function clientApp() {
  const window = browser();
  let information: { client_id: string } | undefined;
  let verifier = "";
  let discovered: OAuthDiscoveryState | undefined;
  const state: { link?: URL; held?: Held } = {};
  const provider: OAuthClientProvider = {
    redirectUrl: CALLBACK,
    clientMetadata: { client_name: "Official client", redirect_uris: [CALLBACK] },
    clientInformation: () => information,
    saveClientInformation: (given) => {
      information = given;
    },
    tokens: () => state.held,
    saveTokens: (given) => {
      state.held = given;
    },
    redirectToAuthorization: (url) => {
      state.link = url;
    },
    saveCodeVerifier: (given) => {
      verifier = given;
    },
    codeVerifier: () => verifier,
    discoveryState: () => discovered,
    saveDiscoveryState: (given) => {
      discovered = given;
    },
  };
  /** The owner's browser follows the link, and the owner says yes to these. */
  const letIn = async (permissions: string[]) => {
    const { location } = await window.open(Object.fromEntries(state.link!.searchParams));
    const { body } = await window.answer(agent, location!.split("/").at(-1)!, permissions);
    return new URL(body.result.redirectTo).searchParams;
  };
  return { provider, state, letIn };
}

test("by hand: a code with issuer and state, short-lived tokens, and what they may", async () => {
  const clientId = await register();
  const { code, keys, to } = await codeFor(clientId, agent, "tasks:read openid offline_access");
  expect(`${to.origin}${to.pathname}`).toBe(CALLBACK);
  expect([to.searchParams.get("iss"), to.searchParams.get("state")]).toEqual([api.url, "the state"]);
  const { status, body, headers } = await exchange(clientId, code, keys, { resource: `${api.url}/mcp` });
  expect(status).toBe(200);
  expect(headers.get("cache-control")).toBe("no-store");
  expect(body).toEqual({
    access_token: expect.stringMatching(/^oat_/),
    refresh_token: expect.stringMatching(/^ort_/),
    token_type: "Bearer",
    expires_in: expect.toSatisfy((seconds: number) => seconds > 1700 && seconds <= 1800),
    scope: "tasks:read",
  });
  expect((await legacy("tools/call", { name: "list_tasks" }, { as: body.access_token })).status).toBe(200);
  const refused = await legacy("tools/call", { name: "get_wallet" }, { as: body.access_token });
  expect(refused.status).toBe(403);
  expect(refused.headers.get("www-authenticate")).toBe(
    `Bearer error="insufficient_scope", resource_metadata="${api.url}/.well-known/oauth-protected-resource/api/v1/mcp", scope="tasks:read wallet:read"`,
  );
});

test("a refresh gives a new pair, narrower if asked, and the next refresh has all again", async () => {
  const { clientId, tokens } = await connect(agent);
  const narrow = await refresh(clientId, tokens.refresh_token, { scope: "tasks:read" });
  expect(narrow.body.scope).toBe("tasks:read");
  const wide = await refresh(clientId, narrow.body.refresh_token);
  expect(wide.body.scope).toBe(USUAL);
  const wider = await refresh(clientId, wide.body.refresh_token, { scope: `${USUAL} webhooks:write` });
  expect([wider.status, wider.body.error]).toEqual([400, "invalid_scope"]);
});

test("an API key and an idToken work at both addresses as they did", async () => {
  const made = await api.call("create_api_key", { name: "k", permissions: ["wallet:read"] }, { as: agent });
  for (const as of [made.body.result.key, agent.token]) {
    for (const path of ["/mcp", "/api/v1/mcp"]) {
      const { status, body } = await api.send(path, { as, body: { tool: "get_wallet" } });
      expect([status, body.result?.balance]).toEqual([200, 500]);
    }
  }
});

test("the owner refuses: the app is told, and gets nothing", async () => {
  const clientId = await register();
  const window = browser();
  const { location } = await window.open(requestOf(clientId, pkce()));
  const { body } = await window.answer(agent, location!.split("/").at(-1)!, []);
  const to = new URL(body.result.redirectTo);
  expect(Object.fromEntries(to.searchParams)).toEqual({
    error: "access_denied",
    state: "the state",
    iss: api.url,
  });
  expect(body.result.id).toBeNull();
});
