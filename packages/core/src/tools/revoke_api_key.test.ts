import { expect, test } from "vitest";
import { fieldsOf, testDeclared, testDoor } from "../../test/door.ts";
import { API_KEY } from "../../test/shapes.ts";
import { openWorld, refused } from "../../test/world.ts";
import { authenticate } from "../auth/authenticate.ts";

const w = await openWorld();
const agent = await w.agent();

testDoor(w, "revoke_api_key", {
  may: ["agent"],
  permission: "keys:write",
  input: { keyId: "key_none" },
  required: ["keyId"],
});

test("ends a key at once and for good", async () => {
  const { key, id: keyId } = await w.core.call(agent, "create_api_key", { name: "CI" });
  await authenticate(w.core, key, "10.0.0.1");
  const gone = await w.core.call(agent, "revoke_api_key", { keyId });
  expect(fieldsOf(gone)).toEqual(API_KEY);
  expect(gone.revokedAt).not.toBeNull();
  const refusal = await refused("UNAUTHORIZED", authenticate(w.core, key, "10.0.0.1"));
  expect(refusal.message).toContain("revoked");
  const again = await w.core.call(agent, "revoke_api_key", { keyId });
  expect(again.revokedAt).toBe(gone.revokedAt);
});

test("knows only the agent's own keys", async () => {
  const theirs = await w.core.call(await w.agent(), "create_api_key", { name: "CI" });
  for (const keyId of ["key_none", theirs.id]) {
    await refused("KEY_NOT_FOUND", w.core.call(agent, "revoke_api_key", { keyId }));
  }
  await authenticate(w.core, theirs.key, "10.0.0.1");
});

testDeclared("revoke_api_key");
