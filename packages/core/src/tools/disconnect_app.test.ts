import { expect, test } from "vitest";
import { connected, RESOURCE } from "../../test/apps.ts";
import { testDeclared, testDoor } from "../../test/door.ts";
import { openWorld, refused } from "../../test/world.ts";
import { authenticate } from "../auth/authenticate.ts";
import { findToken } from "../oauth/tokens.ts";

const w = await openWorld();
const { core } = w;

testDoor(w, "disconnect_app", {
  may: ["agent"],
  permission: null,
  input: { connectionId: "con_0123456789" },
  required: ["connectionId"],
});

test("ends every token of the connection at once, and of no other", async () => {
  const agent = await w.agent();
  const gone = await connected(core, agent);
  const stays = await connected(core, agent);
  const enter = (token: string) => authenticate(core, token, "203.0.113.9", RESOURCE);
  expect((await enter(gone.access)).actor).toMatchObject({
    userId: agent.userId,
    via: "oauth",
    keyId: gone.id,
  });
  const ended = await core.call(agent, "disconnect_app", { connectionId: gone.id });
  expect(ended).toMatchObject({ id: gone.id, lastUsedFrom: "203.0.113.9" });
  expect((await refused("UNAUTHORIZED", enter(gone.access))).message).toContain("has been revoked");
  expect(await findToken(core, "refresh", gone.refresh)).toBeNull();
  expect((await enter(stays.access)).actor.permissions).toEqual(["tasks:read"]);
  await core.call(agent, "disconnect_app", { connectionId: gone.id });
});

test("another account's connection is not found", async () => {
  const [agent, other] = [await w.agent(), await w.agent()];
  const { id, access } = await connected(core, other);
  await refused("CONNECTION_NOT_FOUND", core.call(agent, "disconnect_app", { connectionId: id }));
  expect((await authenticate(core, access, "203.0.113.9", RESOURCE)).actor.userId).toBe(other.userId);
});

test("neither a key nor an app ends one", async () => {
  const agent = await w.agent();
  const { id } = await connected(core, agent);
  for (const via of ["api_key", "oauth"] as const) {
    await refused("FORBIDDEN", core.call({ ...agent, via }, "disconnect_app", { connectionId: id }));
  }
});

testDeclared("disconnect_app");
