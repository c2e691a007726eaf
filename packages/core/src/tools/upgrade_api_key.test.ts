import { expect, test } from "vitest";
import { fieldsOf, testDeclared, testDoor } from "../../test/door.ts";
import { API_KEY } from "../../test/shapes.ts";
import { act, coffeeShops, openWorld, refused } from "../../test/world.ts";
import { authenticate } from "../auth/authenticate.ts";
import type { Actor } from "../context.ts";
import type { Permission } from "../vocabulary.ts";

const w = await openWorld();
const agent = await w.agent();
const make = (permissions: Permission[] = ["tasks:read"]) =>
  w.core.call(agent, "create_api_key", { name: "CI", permissions });
const upgrade = (keyId: string, permissions: Permission[], actor = agent, core = w.core) =>
  core.call(actor, "upgrade_api_key", { keyId, permissions });
const signedIn = (minutesAgo: number): Actor => ({
  ...agent,
  signedInAt: new Date(w.core.now().getTime() - minutesAgo * 60_000),
});

testDoor(w, "upgrade_api_key", {
  may: ["agent"],
  permission: "keys:write",
  input: { keyId: "key_none", permissions: ["tasks:read"] },
  required: ["keyId", "permissions"],
});

test("gives a key more, and less, from its next request on", async () => {
  const { key, id } = await make();
  const asKey = async () => (await authenticate(w.core, key, "10.0.0.1")).actor;
  await refused("FORBIDDEN", act(w.core, await asKey(), "create_task", coffeeShops()));
  const more = await upgrade(id, ["tasks:read", "tasks:write", "tasks:write"]);
  expect(fieldsOf(more)).toEqual(API_KEY);
  expect(more.permissions).toEqual(["tasks:read", "tasks:write"]);
  await act(w.core, await asKey(), "create_task", coffeeShops());
  await upgrade(id, ["wallet:read"]);
  expect((await asKey()).permissions).toEqual(["wallet:read"]);
});

test.each([
  ["4:59", 4.98, null],
  ["5:01", 5.02, "FRESH_SIGN_IN_REQUIRED"],
  ["an hour", 60, "FRESH_SIGN_IN_REQUIRED"],
] as const)("a sign-in %s ago: %s → %s", async (_, minutes, code) => {
  const { id } = await make();
  const call = upgrade(id, ["tasks:write"], signedIn(minutes));
  if (!code) return expect((await call).permissions).toEqual(["tasks:write"]);
  expect(await refused(code, call)).toMatchObject({ http: 401, facts: { minutes: 5 } });
});

test("a session of unknown age, and an API key however mighty, change nothing", async () => {
  const { id } = await make();
  await refused("FRESH_SIGN_IN_REQUIRED", upgrade(id, ["tasks:write"], { ...agent, signedInAt: null }));
  const key: Actor = { ...agent, via: "api_key", keyId: id };
  expect(await refused("FORBIDDEN", upgrade(id, ["tasks:write"], key))).toMatchObject({ http: 403 });
  // Even one that asks for nonsense is told so: whether the input is valid is nothing that a key may learn.
  await refused("FORBIDDEN", w.core.call(key, "upgrade_api_key", {}));
  const { apiKeys } = await w.core.call(agent, "list_api_keys", {});
  expect(apiKeys.find((k) => k.id === id)?.permissions).toEqual(["tasks:read"]);
});

test("knows only the agent's own keys, and none that has ended", async () => {
  const other = await w.agent();
  const theirs = await w.core.call(other, "create_api_key", { name: "CI" });
  for (const id of ["key_none", theirs.id]) await refused("KEY_NOT_FOUND", upgrade(id, ["tasks:read"]));
  const { id } = await make();
  await w.core.call(agent, "revoke_api_key", { keyId: id });
  expect((await refused("KEY_ENDED", upgrade(id, ["tasks:read"]))).message).toContain("revoked");
  const expiresAt = new Date(Date.now() + 3_600_000).toISOString();
  const short = await w.core.call(agent, "create_api_key", { name: "short", expiresAt });
  const late = { ...agent, signedInAt: w.later(1.1).now() };
  const refusal = await refused("KEY_ENDED", upgrade(short.id, ["tasks:read"], late, w.later(1.1)));
  expect(refusal.message).toContain("expired");
});

test.each([[[]], [["root"]], [Array(8).fill("tasks:read")]])("refuses the permissions %j", async (wrong) => {
  const { id } = await make();
  const refusal = await refused("VALIDATION_ERROR", upgrade(id, wrong as Permission[]));
  expect(refusal.message).toContain("permissions");
});

testDeclared("upgrade_api_key");
