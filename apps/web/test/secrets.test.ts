/** Secrets planted in every place of a request: none comes back in an answer, reaches the log, or is kept in a table. */

import { randomBytes } from "node:crypto";
import { afterAll, describe, expect, test } from "vitest";
import { type Answer, coffeeShops, startApi, withKey } from "./api.ts";
import { rawRequest } from "./raw.ts";

const api = await startApi();
const faulty = await startApi({}, true);
const agent = await api.agent();
const made = await api.send("/api/v1/api-keys", {
  as: agent,
  body: { name: "CI", permissions: ["tasks:read", "tasks:write", "keys:write"] },
});
const fresh = (prefix: string) => `${prefix}${randomBytes(24).toString("base64url")}`;
const login = await api.call("login", { email: agent.email, password: "correct-horse-1" });

/** By their shape they are known everywhere; a password has none, and is seen through only where nobody reads it. */
const shaped: Record<string, string> = {
  "a live API key": made.body.result.key,
  "an idToken": agent.token,
  "a refresh token": login.body.result.refreshToken,
  "a confirmation token": fresh("ctk_"),
  "a webhook's secret": fresh("whsec_"),
  "an app's access token": fresh("oat_"),
  "an app's refresh token": fresh("ort_"),
  "an app's code": fresh("oac_"),
};
const planted: Record<string, string> = { ...shaped, "a password": "correct-horse-1" };
const seen: string[] = [];

const post = (body: unknown, headers: Record<string, string> = {}) =>
  api.send("/api/v1/mcp", { as: agent, body, headers });
const rpc = (method: string, params: object) =>
  post({ jsonrpc: "2.0", id: 1, method, params }, { accept: "application/json, text/event-stream" });

/** Each place of a request, with a secret in it. */
const places: Record<string, (secret: string) => Promise<Answer>> = {
  "the path": (s) => api.send(`/api/v1/${s}`, { as: agent }),
  "an id in the path": (s) => api.send(`/api/v1/api-keys/${s}`, { as: agent, method: "DELETE" }),
  "a file's address": (s) => api.send(`/api/v1/files/${s}`, { as: agent }),
  "a value of the query": (s) => api.send(`/api/v1/api-keys?page=${s}`, { as: agent }),
  "a name in the query": (s) => api.send(`/api/v1/api-keys?${s}=1`, { as: agent }),
  "the query, encoded": (s) => api.send(`/api/v1/health?x=${s.replace("_", "%5F")}`),
  "the credential, misspelt": (s) =>
    api.send("/api/v1/api-keys", { headers: { authorization: `Basic ${s}` } }),
  "the credential, doubled": (s) => api.call("get_wallet", {}, { as: `${s} ${s}` }),
  "the client's version": (s) => post({ tool: "fly" }, { "x-mcp-client-version": s }),
  "a header of its own": (s) => post({ tool: "fly" }, { "x-api-key": s }),
  "the Origin": (s) => post({ jsonrpc: "2.0", id: 1, method: "ping" }, { origin: `http://${s}.example` }),
  "the Idempotency-Key": (s) => api.call("create_task", coffeeShops({ budget: 1 }), withKey(agent, s)),
  "the name of the tool": (s) => post({ tool: s, input: {} }),
  "an unknown part of the call": (s) => post({ tool: "get_wallet", [s]: 1 }),
  "an unknown field": (s) => post({ tool: "get_wallet", input: { [s]: 1 } }),
  "an unknown field over REST": (s) => api.send("/api/v1/api-keys", { as: agent, body: { [s]: 1 } }),
  "a field given twice": (s) => api.send(`/api/v1/api-keys?n${s.length}=1`, { as: agent, body: { [s]: 1 } }),
  "an id": (s) => post({ tool: "get_task", input: { taskId: s } }),
  "a word of a closed list": (s) => post({ tool: "list_tasks", input: { status: s } }),
  "a number": (s) => post({ tool: "list_tasks", input: { limit: s } }),
  "a name inside a record": (s) =>
    post({
      tool: "request_confirmation",
      input: { tool: "cancel_task", params: { taskId: "x", [s]: { a: 1 } } },
    }),
  "a confirmation that is none": (s) =>
    api.call("cancel_task", { taskId: "task_x", confirmationToken: s }, withKey(agent)),
  "a sign-in that fails": (s) => api.call("login", { email: "nobody@example.com", password: s }),
  "an email": (s) => api.call("login", { email: `${s}@example.com`, password: "x" }),
  "a refresh that fails": (s) => api.call("refresh_session", { refreshToken: `${s}x` }),
  "broken JSON, cut off": (s) => post(`{"tool":"get_wallet","input":{"a":"${s}"`),
  "broken JSON, at the secret": (s) => post(`{"tool":${s}}`),
  "JSON that is a text": (s) => post(JSON.stringify(s)),
  "no JSON at all": (s) => post(s),
  "a JSON-RPC method": (s) => rpc(s, {}),
  "a JSON-RPC tool": (s) => rpc("tools/call", { name: s, arguments: {} }),
  "a JSON-RPC argument": (s) => rpc("tools/call", { name: "get_task", arguments: { taskId: s, [s]: 1 } }),
};

describe.each(Object.entries(places))("%s", (_, send) => {
  test.each(Object.entries(planted))("keeps %s to itself", async (_name, secret) => {
    const answer = await send(secret);
    expect(answer.status).not.toBe(500);
    const headers = JSON.stringify([...answer.headers]);
    expect(answer.text + headers).not.toContain(secret);
    seen.push(secret);
  });
});

test.each(Object.entries(shaped))("%s in a text that others read is refused", async (_, secret) => {
  const texts: [string, object][] = [
    ["create_task", coffeeShops({ description: `It is ${secret}.` })],
    ["send_message", { taskId: "task_x", content: secret }],
    ["create_api_key", { name: "CI", allowedIps: [secret.slice(0, 50)] }],
  ];
  for (const [tool, input] of texts) {
    const answer = await api.call(tool, input, withKey(agent));
    if (answer.status === 200 || !answer.text.includes("VALIDATION_ERROR")) {
      expect(secret, `${tool}: ${answer.text}`).toMatch(/^ctk_/); // of no use to whoever reads it
    }
  }
  const form = new FormData();
  form.set("file", new File(["x"], `${secret}.txt`));
  const human = await api.human();
  const answer = await api.send("/api/v1/files", { as: human, method: "POST", body: form });
  expect(answer.text).not.toContain(secret);
});

test("a fault of ours is logged with its id and without the secrets that it carries", async () => {
  const who = await faulty.agent();
  const key = fresh("sk_live_");
  await faulty.sql.unsafe(`create or replace function find_key(p_prefix text, p_hash bytea) returns api_key
    language plpgsql as $$ begin raise exception 'at postgres://app:hunter2@db/x with ${key} and ${who.token}'; end $$`);
  const answer = await faulty.call("get_wallet", {}, { as: key });
  expect(answer.status).toBe(500);
  await expect.poll(() => faulty.log()).toContain("with sk_live_… and eyJ…");
  for (const secret of [key, who.token, "hunter2"]) {
    expect(faulty.log()).not.toContain(secret);
    expect(answer.text).not.toContain(secret);
  }
});

test.each([
  "?api_key=abc",
  "?apikey=abc",
  "?access_token=abc",
  "?token=abc",
  "?Authorization=abc",
  "?password=abc",
])("an address that is meant to carry a secret is refused: %s", async (query) => {
  for (const path of ["/api/v1/api-keys", "/api/v1/health", "/api/v1/mcp"]) {
    const answer = await api.send(path + query, { as: agent });
    expect([answer.status, answer.body.error.code]).toEqual([400, "VALIDATION_ERROR"]);
    expect(answer.body.error.message).toContain("Authorization header");
  }
});

test("an address that carries a key is refused on every path, and says nothing of it", async () => {
  const key = planted["a live API key"]!;
  const paths = [
    `/api/v1/mcp?x=${key}`,
    `/${key}`,
    `/tasks/${key}?a=b`,
    `/tasks?x=${key}`,
    `/api/v1/health#${key}`,
  ];
  for (const path of paths) {
    const reply = await rawRequest(api.port, `GET ${path} HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n`);
    expect(reply).toMatch(/^HTTP\/1\.1 400 /);
    expect(reply).toContain("carries a secret");
    expect(reply).not.toContain(key);
  }
});

afterAll(async () => {
  expect(seen.length).toBe(Object.keys(places).length * Object.keys(planted).length);
  expect(api.surprise()).toBe("");
  for (const secret of Object.values(planted)) expect(api.log()).not.toContain(secret);
  const tables = await api.sql`select relname as name from pg_class
    where relkind = 'r' and relnamespace = 'public'::regnamespace`;
  expect(tables.length).toBeGreaterThan(15);
  for (const { name } of tables) {
    const [row] = await api.sql.unsafe(
      `select coalesce(string_agg(to_jsonb(t)::text, ' '), '') as text from ${name} t`,
    );
    for (const [what, secret] of Object.entries(planted)) {
      expect(row?.text.includes(secret), `${name} holds ${what}`).toBe(false);
    }
  }
});
