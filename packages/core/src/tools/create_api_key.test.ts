import { expect, test } from "vitest";
import { fieldsOf, testDeclared, testDoor } from "../../test/door.ts";
import { API_KEY } from "../../test/shapes.ts";
import { openWorld, refused } from "../../test/world.ts";
import { authenticate } from "../auth/authenticate.ts";
import type { Input } from "../call.ts";
import type { Actor } from "../context.ts";

const w = await openWorld();
const agent = await w.agent();
const create = (over: Partial<Input<"create_api_key">> = {}, actor = agent) =>
  w.core.call(actor, "create_api_key", { name: "CI", ...over });

testDoor(w, "create_api_key", {
  may: ["agent"],
  permission: "keys:write",
  input: {
    name: "CI",
    permissions: ["tasks:read"],
    allowedIps: ["10.0.0.1"],
    expiresAt: "2090-01-01T00:00:00Z",
    maxPerTask: 1,
    maxPerDay: 1,
    confirmAbove: 1,
  },
  required: ["name"],
});

test("makes a key, shown once, read-only unless more is asked for", async () => {
  const made = await create();
  expect(fieldsOf(made)).toEqual([...API_KEY, "key"].sort());
  expect(made.key).toMatch(/^sk_live_[\w-]{32}$/);
  expect(made).toMatchObject({
    name: "CI",
    prefix: `${made.key.slice(0, 14)}…`,
    permissions: ["tasks:read", "wallet:read", "messages:read"],
    allowedIps: [],
    maxPerTask: null,
    maxPerDay: null,
    confirmAbove: null,
    expiresAt: null,
    daysLeft: null,
    revokedAt: null,
    lastUsedAt: null,
    lastUsedFrom: null,
  });
  const { actor } = await authenticate(w.core, made.key, "10.0.0.1");
  expect(actor).toMatchObject({ userId: agent.userId, via: "api_key", permissions: made.permissions });
  const stored = await w.core.client`select to_jsonb(api_key)::text as row from api_key`;
  expect(JSON.stringify(stored)).not.toContain(made.key);
});

test("keeps permissions, addresses and expiry, each permission once", async () => {
  const expiresAt = "2090-01-01T08:00:00+08:00";
  const allowedIps = ["10.0.0.0/8", "2001:db8::1"];
  const made = await create({ permissions: ["tasks:write", "tasks:write"], allowedIps, expiresAt });
  expect(made).toMatchObject({
    permissions: ["tasks:write"],
    allowedIps,
    expiresAt: "2090-01-01T00:00:00.000Z",
  });
});

test("a key cannot make keys: they would outlive its revocation", async () => {
  const key: Actor = { ...agent, via: "api_key", keyId: "key_x" };
  const refusal = await refused("FORBIDDEN", create({}, key));
  expect(refusal.message).toContain("idToken");
});

test("keeps a spending policy, to the last micro", async () => {
  const policy = { maxPerTask: 0, maxPerDay: 100_000_000, confirmAbove: 0.000001 };
  const made = await create(policy);
  expect(made).toMatchObject(policy);
  const { actor } = await authenticate(w.core, made.key, "10.0.0.1");
  expect(actor.limits).toEqual({ capped: true, confirmAbove: 0.000001 });
});

test("for more than reading the sign-in must be of the last five minutes: a stolen idToken spends nothing", async () => {
  const at = (minutes: number) => new Date(w.core.now().getTime() - minutes * 60_000);
  const stale: Actor = { ...agent, via: "id_token", signedInAt: at(5.1) };
  for (const permission of ["tasks:write", "messages:write", "keys:write", "webhooks:write"] as const) {
    await refused("FRESH_SIGN_IN_REQUIRED", create({ permissions: ["tasks:read", permission] }, stale));
  }
  await create({ permissions: ["tasks:read", "wallet:read", "messages:read"] }, stale);
  await create({ permissions: ["tasks:write"] }, { ...stale, signedInAt: at(4.9) });
});

test("an account has at most 50 live keys; revoked and expired ones do not count", async () => {
  const busy = await w.agent();
  for (let i = 1; i < 50; i++) await create({}, busy); // one was made at registration
  const refusal = await refused("TOO_MANY_KEYS", create({}, busy));
  expect(refusal.message).toContain("50");
  const { apiKeys } = await w.core.call(busy, "list_api_keys", {});
  await w.core.call(busy, "revoke_api_key", { keyId: apiKeys[0]!.id });
  await create({}, busy);
});

test.each([
  ["name", { name: "x".repeat(81) }],
  ["permissions", { permissions: [] }],
  ["permissions", { permissions: ["root"] }],
  ["allowedIps", { allowedIps: ["10"] }],
  ["allowedIps", { allowedIps: ["10.0.0.0/33"] }],
  ["allowedIps", { allowedIps: ["example.com"] }],
  ["allowedIps", { allowedIps: Array(51).fill("10.0.0.1") }],
  ["expiresAt", { expiresAt: "2020-01-01T00:00:00Z" }],
  ["maxPerTask", { maxPerTask: -0.000001 }],
  ["maxPerDay", { maxPerDay: 1.0000001 }],
  ["confirmAbove", { confirmAbove: 100_000_001 }],
  ["expiresAt", { expiresAt: "next year" }],
  ["expiresAt", { expiresAt: `2090-01-01T00:00:00.${"1".repeat(200)}Z` }],
])("refuses a wrong %s and names it: %j", async (field, wrong) => {
  const refusal = await refused("VALIDATION_ERROR", create(wrong as Partial<Input<"create_api_key">>));
  expect(refusal.message).toContain(field);
});

testDeclared("create_api_key");
