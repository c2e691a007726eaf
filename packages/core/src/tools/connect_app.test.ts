import { expect, test } from "vitest";
import { asked, connected } from "../../test/apps.ts";
import { testDeclared, testDoor } from "../../test/door.ts";
import { openWorld, refused } from "../../test/world.ts";
import { findToken, keepTokens, newAccessToken, newRefreshToken } from "../oauth/tokens.ts";

const w = await openWorld();
const { core } = w;

testDoor(w, "connect_app", {
  may: ["agent"],
  permission: null,
  input: { ...(await asked(core)), permissions: ["tasks:read"] },
  required: ["requestId", "browserToken", "permissions"],
});

test("a yes makes a code for what was chosen, and the browser goes back to the app", async () => {
  const agent = await w.agent();
  const request = await asked(core);
  const yes = await core.call(agent, "connect_app", { ...request, permissions: ["wallet:read"] });
  const to = new URL(yes.redirectTo);
  expect(Object.fromEntries(to.searchParams)).toEqual({
    kept: "1",
    code: expect.stringMatching(/^oac_/),
    state: "state of the app",
    iss: "http://localhost:3000",
  });
  const code = to.searchParams.get("code")!;
  expect(await findToken(core, "code", code)).toMatchObject({
    grantId: yes.id,
    userId: agent.userId,
    permissions: ["wallet:read"],
  });
  expect(await findToken(w.later(1 / 59), "code", code)).toBeNull();
  const [kept] = await core.client`select * from oauth_token where grant_id = ${yes.id}`;
  expect(JSON.stringify(kept)).not.toContain(code);
});

test("a connection ends 180 days after the yes, however often it is refreshed", async () => {
  const agent = await w.agent();
  const { id, permissions } = await connected(core, agent);
  const pair = () => ({ access: newAccessToken(), refresh: newRefreshToken(), permissions });
  const late = w.later(179 * 24);
  const last = pair();
  expect(await keepTokens(late, id, last)).toBe(true);
  expect(await findToken(late, "refresh", last.refresh)).not.toBeNull();
  expect(await findToken(w.later(181 * 24), "refresh", last.refresh)).toBeNull();
});

test("a no makes nothing", async () => {
  const agent = await w.agent();
  const no = await core.call(agent, "connect_app", { ...(await asked(core)), permissions: [] });
  expect(no.id).toBeNull();
  expect(new URL(no.redirectTo).searchParams.get("error")).toBe("access_denied");
  expect(await core.client`select from oauth_grant where user_id = ${agent.userId}`).toHaveLength(0);
});

test("a request is answered once, in its own browser, and never wider than asked", async () => {
  const agent = await w.agent();
  const request = await asked(core);
  const answer = (more: object) =>
    core.call(agent, "connect_app", { ...request, permissions: ["tasks:read"], ...more });
  const wide = await refused("VALIDATION_ERROR", answer({ permissions: ["tasks:read", "tasks:write"] }));
  expect(wide.message).toContain("tasks:write");
  await refused("VALIDATION_ERROR", answer({ permissions: ["keys:write"] }));
  const { browserToken } = await asked(core);
  await refused("APP_REQUEST_NOT_FOUND", answer({ browserToken }));
  const both = await Promise.allSettled([answer({}), answer({})]);
  expect(both.map((b) => b.status).sort()).toEqual(["fulfilled", "rejected"]);
  await refused("APP_REQUEST_NOT_FOUND", answer({}));
});

test("neither a key nor an app says yes to an app", async () => {
  const agent = await w.agent();
  const request = { ...(await asked(core)), permissions: ["tasks:read" as const] };
  for (const via of ["api_key", "oauth"] as const) {
    await refused("FORBIDDEN", core.call({ ...agent, via }, "connect_app", request));
  }
});

test("the fifty-first connection ends the one that was unused for longest", async () => {
  const agent = await w.agent();
  const { id: first } = await connected(core, agent);
  const { id: second } = await connected(core, agent);
  await core.client`update oauth_grant set last_used_at = clock_now() + interval '1 hour' where id = ${first}`;
  for (let n = 2; n < 51; n++) {
    await core.call(agent, "connect_app", { ...(await asked(core)), permissions: ["tasks:read"] });
  }
  const ended = await core.client`
    select id from oauth_grant where user_id = ${agent.userId} and ended_at is not null`;
  expect(ended.map((row) => row.id)).toEqual([second]);
});

testDeclared("connect_app");
