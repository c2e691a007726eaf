import { expect, test } from "vitest";
import { connected } from "../../test/apps.ts";
import { fieldsOf, testDeclared, testDoor } from "../../test/door.ts";
import { openWorld, refused } from "../../test/world.ts";

const w = await openWorld();
const { core } = w;

testDoor(w, "list_apps", { may: ["agent"], permission: null, input: {} });

test("lists the account's own live connections, those used last first", async () => {
  const agent = await w.agent();
  const other = await w.agent();
  const first = await connected(core, agent);
  const second = await connected(core, agent);
  const ended = await connected(core, agent);
  await connected(core, other);
  await core.call(agent, "disconnect_app", { connectionId: ended.id });
  await core.client`update oauth_grant set last_used_at = clock_now() + interval '1 hour' where id = ${first.id}`;
  const { apps } = await core.call(agent, "list_apps", {});
  expect(apps.map((app) => app.id)).toEqual([first.id, second.id]);
  expect(apps[0]).toMatchObject({
    appName: "An app",
    appHost: "apps.example.org",
    permissions: ["tasks:read"],
  });
  expect(fieldsOf(apps[0]!)).toEqual(
    "appHost appName createdAt id lastUsedAt lastUsedFrom permissions".split(" "),
  );
  // Its tokens ran out: nothing is left to disconnect.
  expect((await w.later(31 * 24).call(agent, "list_apps", {})).apps).toEqual([]);
});

test("neither a key nor an app sees the others", async () => {
  const agent = await w.agent();
  for (const via of ["api_key", "oauth"] as const) {
    await refused("FORBIDDEN", core.call({ ...agent, via }, "list_apps", {}));
  }
});

testDeclared("list_apps");
