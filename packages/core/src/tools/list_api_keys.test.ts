import { expect, test } from "vitest";
import { fieldsOf, testDeclared, testDoor } from "../../test/door.ts";
import { API_KEY } from "../../test/shapes.ts";
import { openWorld } from "../../test/world.ts";
import { authenticate } from "../auth/authenticate.ts";

const w = await openWorld();
const agent = await w.agent();

testDoor(w, "list_api_keys", { may: ["agent"], permission: "keys:write", input: {} });

test("lists the agent's own keys, newest first, never the keys themselves", async () => {
  const made = await w.core.call(agent, "create_api_key", { name: "CI" });
  await w.core.call(await w.agent(), "create_api_key", { name: "Foreign" });
  await authenticate(w.core, made.key, "10.0.0.1");
  const listed = await w.core.call(agent, "list_api_keys", {});
  expect(listed.apiKeys.map((k) => k.name)).toEqual(["CI", "Made at registration (read-only)"]);
  for (const key of listed.apiKeys) expect(fieldsOf(key)).toEqual(API_KEY);
  expect(listed.apiKeys[0]?.lastUsedAt).not.toBeNull();
  expect(listed.apiKeys[0]?.lastUsedFrom).toBe("10.0.0.1");
  expect(listed.apiKeys[1]?.lastUsedAt).toBeNull();
  expect(JSON.stringify(listed)).not.toContain(made.key);
});

testDeclared("list_api_keys");
