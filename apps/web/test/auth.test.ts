import { createHmac } from "node:crypto";
import { expect, test } from "vitest";
import { expectRefusal, startApi } from "./api.ts";
import { SECRET } from "./database.ts";

const api = await startApi({ TRUSTED_PROXIES: "127.0.0.1, 10.1.0.0/16" });
const [agent, stranger] = await Promise.all([api.agent(), api.agent()]);

async function newKey(over: object = {}): Promise<{ key: string; id: string }> {
  const { body } = await api.call("create_api_key", { name: "a key", ...over }, { as: agent });
  return body.result;
}
const wallet = (as?: string, headers = {}) => api.call("get_wallet", {}, { ...(as ? { as } : {}), headers });
const from = (forwarded: string) => ({ "x-forwarded-for": forwarded });

test("a key and an idToken both open the door", async () => {
  const { key } = await newKey();
  expect((await wallet(key)).body.result.balance).toBe(500);
  expect((await wallet(agent.token)).body.result.balance).toBe(500);
  const scheme = await api.call("get_wallet", {}, { headers: { authorization: `bEaReR  ${key}` } });
  expect(scheme.status).toBe(200);
});

test("a key gives what it was made for", async () => {
  const { key } = await newKey({ permissions: ["tasks:read"] });
  expectRefusal(await wallet(key), 403, "FORBIDDEN", /lacks the wallet:read permission/);
  const { body } = await api.call("create_api_key", { name: "more" }, { as: agent });
  expect(body.result.key).toMatch(/^sk_live_/);
  const escalation = api.call("create_api_key", { name: "x", permissions: ["tasks:write"] }, { as: key });
  expectRefusal(await escalation, 403, "FORBIDDEN");
});

test.each([
  ["nothing", {}],
  ["an empty header", { authorization: "" }],
  ["Basic", { authorization: "Basic YTpi" }],
  ["Bearer alone", { authorization: "Bearer" }],
  ["two tokens", { authorization: "Bearer a b" }],
  ["an unknown key", { authorization: "Bearer sk_live_0000000000000000000000000000000" }],
  ["an unknown token", { authorization: "Bearer abc" }],
  ["a very long token", { authorization: `Bearer ${"x".repeat(3000)}` }],
  ["a NUL in disguise", { authorization: "Bearer sk_live_%00" }],
])("401 for %s", async (_, headers) => {
  expectRefusal(await api.call("get_wallet", {}, { headers }), 401, "UNAUTHORIZED");
});

const part = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");
function forged(header: object, claims: object, secret: string) {
  const text = `${part(header)}.${part(claims)}`;
  return `${text}.${createHmac("sha256", secret).update(text).digest("base64url")}`;
}

test("401 for a token that is signed by another, unsigned, or past", async () => {
  const now = Math.floor(Date.now() / 1000);
  const claims = {
    iss: "humans2ai",
    sub: agent.id,
    sid: agent.sessionId,
    iat: now,
    auth_time: now,
    exp: now + 600,
  };
  const hs256 = { alg: "HS256", typ: "JWT" };
  expect((await wallet(forged(hs256, claims, SECRET))).status).toBe(200);
  const none = `${part({ alg: "none" })}.${part(claims)}.`;
  for (const token of [
    forged(hs256, claims, "another secret of thirty-two bytes or more"),
    forged(hs256, { ...claims, exp: now - 1 }, SECRET),
    forged(hs256, { ...claims, iss: "someone" }, SECRET),
    forged(hs256, { ...claims, sub: "user_gone" }, SECRET),
    forged(hs256, { ...claims, sid: "ses_gone" }, SECRET),
    forged(hs256, { ...claims, sid: undefined }, SECRET),
    forged(hs256, { ...claims, sub: stranger.id }, SECRET),
    none,
  ])
    expectRefusal(await wallet(token), 401, "UNAUTHORIZED");
});

test("401 for a revoked and for an expired key, from the next request on", async () => {
  const [one, two] = [await newKey(), await newKey()];
  expect((await wallet(one.key)).status).toBe(200);
  await api.call("revoke_api_key", { keyId: one.id }, { as: agent });
  expectRefusal(await wallet(one.key), 401, "UNAUTHORIZED", "This API key has been revoked.");
  await api.sql`update api_key set expires_at = now() - interval '1 s' where id = ${two.id}`;
  expectRefusal(await wallet(two.key), 401, "UNAUTHORIZED", "This API key has expired.");
});

test("401 for a key from another address than its own", async () => {
  const { key } = await newKey({ allowedIps: ["203.0.113.0/24", "2001:db8::/32"] });
  expectRefusal(await wallet(key), 401, "UNAUTHORIZED", /may not be used from this address/);
  expect((await wallet(key, from("203.0.113.9"))).status).toBe(200);
  expect((await wallet(key, from("2001:db8::7"))).status).toBe(200);
  expect((await wallet(key, from("[2001:db8::7]:4711"))).status).toBe(200);
  expect((await wallet(key, from("203.0.113.9:4711"))).status).toBe(200);
  expect((await wallet(key, from("203.0.114.9"))).status).toBe(401);
});

test("behind trusted proxies the nearest foreign hop is the client, whatever stands before it", async () => {
  const { key } = await newKey({ allowedIps: ["203.0.113.9"] });
  const seen = async (forwarded: string) => (await wallet(key, from(forwarded))).status;
  expect(await seen("203.0.113.9, 10.1.2.3")).toBe(200);
  expect(await seen("203.0.113.9, 198.51.100.1")).toBe(401);
  expect(await seen("203.0.113.9, 198.51.100.1, 10.1.2.3")).toBe(401);
  expect(await seen("10.1.2.3")).toBe(401);
  expect(await seen("203.0.113.9, <script>")).toBe(401);
  expect(await seen(`${"1.1.1.1, ".repeat(800)}203.0.113.9`)).toBe(200);
});
