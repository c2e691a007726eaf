import { expect, test } from "vitest";
import { fieldsOf, testDeclared, testDoor } from "../../test/door.ts";
import { API_KEY } from "../../test/shapes.ts";
import { openWorld, refused } from "../../test/world.ts";
import { authenticate } from "../auth/authenticate.ts";
import type { Input } from "../call.ts";
import type { Actor } from "../context.ts";

const w = await openWorld();
const agent = await w.agent();
const make = () => w.core.call(agent, "create_api_key", { name: "CI", maxPerTask: 5, confirmAbove: 2.5 });
const update = (keyId: string, change: Omit<Input<"update_api_key">, "keyId">, actor = agent) =>
  w.core.call(actor, "update_api_key", { keyId, ...change });

testDoor(w, "update_api_key", {
  may: ["agent"],
  permission: "keys:write",
  input: {
    keyId: "key_none",
    name: "CI",
    allowedIps: ["10.0.0.1"],
    expiresAt: "2090-01-01T00:00:00Z",
    maxPerTask: 1,
    maxPerDay: 1,
    confirmAbove: 1,
  },
  required: ["keyId"],
});

test("changes what is named and leaves the rest; null takes a limit away", async () => {
  const { id, key } = await make();
  const first = await update(id, { maxPerDay: 100.000001, expiresAt: "2090-01-01T00:00:00Z" });
  expect(fieldsOf(first)).toEqual(API_KEY);
  expect(first).toMatchObject({
    name: "CI",
    maxPerTask: 5,
    maxPerDay: 100.000001,
    confirmAbove: 2.5,
    expiresAt: "2090-01-01T00:00:00.000Z",
  });
  const second = await update(id, {
    name: "Bot",
    maxPerTask: null,
    expiresAt: null,
    allowedIps: ["10.0.0.9"],
  });
  expect(second).toMatchObject({
    name: "Bot",
    maxPerTask: null,
    maxPerDay: 100.000001,
    expiresAt: null,
    daysLeft: null,
    allowedIps: ["10.0.0.9"],
  });
  await refused("UNAUTHORIZED", authenticate(w.core, key, "10.0.0.1"));
  const { actor } = await authenticate(w.core, key, "10.0.0.9");
  expect(actor.limits).toEqual({ capped: true, confirmAbove: 2.5 });
  expect(await update(id, {})).toMatchObject({ name: "Bot", maxPerDay: 100.000001 });
});

test("says how many days are left", async () => {
  const { id } = await make();
  const at = (days: number) => new Date(w.core.now().getTime() + days * 86_400_000).toISOString();
  expect((await update(id, { expiresAt: at(10.5) })).daysLeft).toBe(10);
  expect((await update(id, { expiresAt: at(0.5) })).daysLeft).toBe(0);
});

test("takes a fresh sign-in, and no API key's word", async () => {
  const { id } = await make();
  await refused("FRESH_SIGN_IN_REQUIRED", update(id, { maxPerTask: null }, { ...agent, signedInAt: null }));
  const key: Actor = { ...agent, via: "api_key", keyId: id };
  await refused("FORBIDDEN", update(id, { maxPerTask: null }, key));
});

test("knows only the agent's own keys, and none that has ended", async () => {
  const theirs = await w.core.call(await w.agent(), "create_api_key", { name: "CI" });
  for (const id of ["key_none", theirs.id]) await refused("KEY_NOT_FOUND", update(id, { name: "x" }));
  const { id } = await make();
  await w.core.call(agent, "revoke_api_key", { keyId: id });
  await refused("KEY_ENDED", update(id, { name: "x" }));
});

test.each([
  ["maxPerTask", -1],
  ["maxPerDay", 100_000_001],
  ["confirmAbove", 0.0000001],
  ["expiresAt", "2020-01-01T00:00:00Z"],
  ["allowedIps", ["10"]],
  ["name", " "],
])("refuses %s = %j and names it", async (field, wrong) => {
  const { id } = await make();
  const refusal = await refused("VALIDATION_ERROR", update(id, { [field]: wrong }));
  expect(refusal.message).toContain(field);
});

testDeclared("update_api_key");
