import { expect, test } from "vitest";
import { asked } from "../../test/apps.ts";
import { testDeclared, testDoor } from "../../test/door.ts";
import { openWorld, refused } from "../../test/world.ts";

const w = await openWorld();
const { core } = w;
const request = await asked(core);

testDoor(w, "get_app_request", {
  may: ["agent"],
  permission: null,
  input: request,
  required: ["requestId", "browserToken"],
});

test("says what the app asks for, what its id proves, and where it is answered", async () => {
  const agent = await w.agent();
  expect(await core.call(agent, "get_app_request", request)).toMatchObject({
    appName: "An app",
    appHost: "apps.example.org",
    answersTo: "127.0.0.1:7777",
    local: true,
    permissions: ["tasks:read", "wallet:read"],
  });
  const registered = await asked(core, ["tasks:read"], { id: "client_0", name: "X", redirectUris: [] });
  expect((await core.call(agent, "get_app_request", registered)).appHost).toBeNull();
});

test("nothing to see in another browser, after the answer, or half an hour later", async () => {
  const agent = await w.agent();
  const other = await asked(core);
  await refused(
    "APP_REQUEST_NOT_FOUND",
    core.call(agent, "get_app_request", { ...request, browserToken: other.browserToken }),
  );
  await refused("APP_REQUEST_NOT_FOUND", w.later(0.51).call(agent, "get_app_request", other));
  await core.call(agent, "connect_app", { ...other, permissions: [] });
  await refused("APP_REQUEST_NOT_FOUND", core.call(agent, "get_app_request", other));
});

test("neither a key nor an app sees what is asked of the owner", async () => {
  const agent = await w.agent();
  for (const via of ["api_key", "oauth"] as const) {
    await refused("FORBIDDEN", core.call({ ...agent, via }, "get_app_request", request));
  }
});

testDeclared("get_app_request");
