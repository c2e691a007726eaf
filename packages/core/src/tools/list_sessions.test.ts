import { expect, test } from "vitest";
import { testDeclared, testDoor } from "../../test/door.ts";
import { openWorld, refused } from "../../test/world.ts";
import { authenticate } from "../auth/authenticate.ts";

const w = await openWorld();
testDoor(w, "list_sessions", { may: ["agent", "human", "admin"], permission: null, input: {} });

test("says since when, from where, and which one this is; ended ones are gone, others' never there", async () => {
  const [human, other] = [await w.human(), await w.human()];
  await w.login(other, "10.3.3.3");
  const [home, phone] = [await w.login(human, "10.1.1.1"), await w.login(human, "2001:db8::7")];
  const at = async (token: string, core = w.core) => (await authenticate(core, token, "10.4.4.4")).actor;
  const list = async (token: string, core = w.core) =>
    (await core.call(await at(token, core), "list_sessions", {})).sessions;
  const seen = await list(home.idToken);
  expect(seen.map((s) => [s.ip, s.current])).toEqual([
    ["2001:db8::7", false],
    ["10.1.1.1", true],
    [null, false], // made with the account, in this process
  ]);
  expect(seen.every((s) => s.id.startsWith("ses_"))).toBe(true);
  const later = w.later(0.5);
  const [first] = await list(home.idToken, later);
  expect(first).toMatchObject({ ip: "10.1.1.1", current: true, signedInAt: seen[1]!.signedInAt });
  const moved = new Date(first!.lastSeenAt).getTime() - new Date(seen[1]!.lastSeenAt).getTime();
  expect(moved).toBeGreaterThan(1_700_000);
  await w.core.call(await at(phone.idToken), "sign_out", {});
  expect((await list(home.idToken)).map((s) => s.ip)).toEqual(["10.1.1.1", null]);
});

test("is not for an API key", async () => {
  const { key } = await w.core.call(await w.agent(), "create_api_key", { name: "k" });
  const { actor } = await authenticate(w.core, key, "10.0.0.1");
  await refused("FORBIDDEN", w.core.call(actor, "list_sessions", {}));
});

testDeclared("list_sessions");
