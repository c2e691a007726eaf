/** Tokens of apps that were copied, revoked, overtaken or used where they are not good. */

import { describe, expect, test } from "vitest";
import type { Answer } from "./api.ts";
import { rpcOf } from "./mcp.ts";
import { oauthOf, startOauth } from "./oauth.ts";

const api = await startOauth({ RATE_LIMIT_KEY: "100000" });
const agent = await api.agent();
const { codeFor, connect, exchange, form, refresh, register } = oauthOf(api);
const { legacy } = rpcOf(api);

/** The HTTP status of a call with this token, over MCP. */
const statusOf = async (token: string) =>
  (await legacy("tools/call", { name: "list_tasks" }, { as: token })).status;
const expectGrantError = ({ status, body }: Answer, error = "invalid_grant") =>
  expect([status, body.error]).toEqual([400, error]);

describe("a refresh token", () => {
  test("that is used twice ends its family, and the owner's audit says so", async () => {
    const owner = await api.agent();
    const { clientId, connectionId, tokens } = await connect(owner);
    const { body: next } = await refresh(clientId, tokens.refresh_token);
    expect(await statusOf(next.access_token)).toBe(200);
    expectGrantError(await refresh(clientId, tokens.refresh_token));
    expect(await statusOf(next.access_token)).toBe(401);
    expect(await statusOf(tokens.access_token)).toBe(401);
    expectGrantError(await refresh(clientId, next.refresh_token));
    const [entry] =
      await api.sql`select * from audit_entry where tool = 'oauth_token' and actor = ${owner.id}`;
    expect(entry).toMatchObject({ via: "oauth", key_id: connectionId, outcome: "UNAUTHORIZED" });
  });

  test("is exchanged once, however many try at once", async () => {
    const { clientId, tokens } = await connect(agent);
    const all = await Promise.all(Array.from({ length: 8 }, () => refresh(clientId, tokens.refresh_token)));
    expect(all.filter((answer) => answer.status === 200)).toHaveLength(1);
    expect(await statusOf(tokens.access_token)).toBe(401);
  });

  test("is no good to another client, for another resource, or as an access token", async () => {
    const { clientId, tokens } = await connect(agent);
    expectGrantError(await refresh(await register("Another App"), tokens.refresh_token));
    const foreign = await refresh(clientId, tokens.refresh_token, { resource: "https://evil.example" });
    expectGrantError(foreign, "invalid_target");
    expect(await statusOf(tokens.refresh_token)).toBe(401);
    expect((await refresh(clientId, tokens.refresh_token)).status).toBe(200);
  });
});

describe("an access token", () => {
  test("is good for MCP only, and for this server's only", async () => {
    const { connectionId, tokens } = await connect(agent);
    for (const path of ["/api/v1/api-keys", "/api/v1/apps", "/api/v1/files/file_x"]) {
      const { status, body } = await api.send(path, { as: tokens.access_token });
      expect([status, body.error.code], path).toEqual([401, "UNAUTHORIZED"]);
    }
    const elsewhere = "https://other.example/api/v1/mcp";
    await api.sql`update oauth_grant set resource = ${elsewhere} where id = ${connectionId}`;
    expect(await statusOf(tokens.access_token)).toBe(401);
  });

  test("expires", async () => {
    const { tokens } = await connect(agent);
    await api.sql`update oauth_token set expires_at = clock_now() where kind = 'access'`;
    const late = await legacy("tools/list", {}, { as: tokens.access_token });
    expect(late.status).toBe(401);
    expect(late.body.error.message).toContain("has expired");
    expect(late.headers.get("www-authenticate")).toContain('error="invalid_token"');
  });

  test("does nothing that wants the owner, whatever it was given", async () => {
    const { tokens } = await connect(agent);
    const { apps } = (await api.send("/api/v1/apps", { as: agent })).body.result;
    const inputs = {
      create_api_key: { name: "k", permissions: ["tasks:read"] },
      update_api_key: { keyId: "key_x", permissions: ["tasks:write"] },
      list_api_keys: {},
      list_sessions: {},
      sign_out_everywhere: {},
      change_password: { currentPassword: "correct-horse-1", newPassword: "another-horse-2" },
      list_apps: {},
      disconnect_app: { connectionId: apps[0].id },
      connect_app: { requestId: "areq_x", browserToken: "oab_x", permissions: ["tasks:read"] },
    };
    for (const [name, input] of Object.entries(inputs)) {
      const { body } = await legacy("tools/call", { name, arguments: input }, { as: tokens.access_token });
      expect(body.result?.content[0].text, name).toMatch(/^FORBIDDEN: /);
      const plain = await api.call(name, input, { as: tokens.access_token });
      expect(plain.body.error?.code, name).toBe("FORBIDDEN");
    }
  });
});

describe("an end", () => {
  const revoke = (clientId: string, token: string) =>
    form("/oauth/revoke", { client_id: clientId, token, token_type_hint: "access_token" });

  test("by revocation: of one access token, or of all; only by the app itself", async () => {
    const { clientId, tokens } = await connect(agent);
    for (const [by, token] of [
      [await register("Another App"), tokens.refresh_token],
      [clientId, "ort_nothing"],
    ] as const) {
      expect((await revoke(by, token)).status).toBe(200);
    }
    expect(await statusOf(tokens.access_token)).toBe(200);
    await revoke(clientId, tokens.access_token);
    expect(await statusOf(tokens.access_token)).toBe(401);
    const { body } = await refresh(clientId, tokens.refresh_token);
    expect(await statusOf(body.access_token)).toBe(200);
    await revoke(clientId, body.refresh_token);
    expect(await statusOf(body.access_token)).toBe(401);
    expectGrantError(await refresh(clientId, body.refresh_token));
  });

  test.each([
    ["sign_out_everywhere", {}],
    ["change_password", { currentPassword: "correct-horse-1", newPassword: "another-horse-2" }],
  ])("by %s", async (tool, input) => {
    const owner = await api.agent();
    const { clientId, tokens } = await connect(owner);
    expect((await api.call(tool, input, { as: owner })).status).toBe(200);
    expect(await statusOf(tokens.access_token)).toBe(401);
    expectGrantError(await refresh(clientId, tokens.refresh_token));
  });

  test("signing out of one browser is none", async () => {
    const owner = await api.agent();
    const { tokens } = await connect(owner);
    await api.call("sign_out", {}, { as: owner });
    expect(await statusOf(tokens.access_token)).toBe(200);
  });

  test("of the account: at once, and codes on their way too", async () => {
    const owner = await api.agent();
    const { clientId, tokens } = await connect(owner);
    const waiting = await codeFor(clientId, owner);
    await api.sql`update app_user set suspended_at = clock_now() where id = ${owner.id}`;
    expect(await statusOf(tokens.access_token)).toBe(403);
    expectGrantError(await refresh(clientId, tokens.refresh_token));
    expectGrantError(await exchange(clientId, waiting.code, waiting.keys));
  });
});

test("no token or code is in the log, or in a table", async () => {
  const clientId = await register();
  const { code, keys } = await codeFor(clientId, agent);
  const { body } = await exchange(clientId, code, keys);
  await api.send(`/api/v1/x?access_token=${body.access_token}`);
  await legacy("tools/call", { name: "get_wallet" }, { as: body.access_token });
  const secrets = [code, body.access_token, body.refresh_token];
  const tables = await api.sql`select table_name as name from information_schema.tables
    where table_schema = 'public' and table_type = 'BASE TABLE'`;
  for (const { name } of tables) {
    const [row] = await api.sql`select string_agg(t::text, '') as text from ${api.sql(name)} t`;
    for (const secret of secrets) expect(row?.text ?? "", name).not.toContain(secret.slice(4));
  }
  for (const secret of secrets) expect(api.log()).not.toContain(secret.slice(4));
});
