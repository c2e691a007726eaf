/** Suspension and the end of a session, at every door at once. */

import { encode } from "next-auth/jwt";
import { expect, test } from "vitest";
import { type Answer, expectRefusal, PASSWORD, type Person, startApi } from "./api.ts";
import { SECRET } from "./database.ts";
import { rpcOf } from "./mcp.ts";

const ADMIN = { email: "boss@example.com", password: "boss-pass-1" };
const api = await startApi({ ADMIN_EMAIL: ADMIN.email, ADMIN_PASSWORD: ADMIN.password });
const admin = (await api.call("login", ADMIN)).body.result.idToken as string;
const { legacy } = rpcOf(api);

const cookieOf = async ({ id, sessionId }: Person) => ({
  headers: {
    cookie: `next-auth.session-token=${await encode({ token: { sub: id, sid: sessionId }, secret: SECRET })}`,
  },
});

/** An account with everything that opens a door, and what each door answers. */
async function doorsOf(person: Person) {
  const { email } = person;
  const session = (await api.call("login", { email, password: PASSWORD })).body.result;
  const cookie = await cookieOf(person);
  const doors: Record<string, () => Promise<Answer>> = {
    "an idToken": () => api.call("list_tasks", {}, { as: person }),
    "over REST": () => api.send("/api/v1/account", { as: session.idToken }),
    "over MCP": () => legacy("tools/list", {}, { as: session.idToken }),
    files: () => api.send("/api/v1/files/file_none", { as: person }),
    "a page's file": () => api.send("/api/v1/files/file_none", cookie),
    refresh: () => api.call("refresh_session", { refreshToken: session.refreshToken }),
    login: () => api.call("login", { email, password: PASSWORD }),
  };
  return doors;
}

const codeOf = ({ body }: Answer) => body?.error?.data?.code ?? body?.error?.code ?? null;

test.each(["the admin's tool", "the database alone"])(
  "a suspended account is refused at every door: %s",
  async (how) => {
    const agent = await api.agent();
    const doors = await doorsOf(agent);
    const { key } = (await api.call("create_api_key", { name: "k" }, { as: agent })).body.result;
    doors["an API key"] = () => api.call("list_tasks", {}, { as: key });
    for (const [name, open] of Object.entries(doors)) {
      if (name === "refresh") continue; // it works once
      expect(codeOf(await open()), name).toBeOneOf([null, "FILE_NOT_FOUND"]);
    }
    const bystander = await api.agent();
    if (how === "the database alone")
      await api.sql`update app_user set suspended_at = now() where id = ${agent.id}`;
    else {
      const suspended = await api.call(
        "suspend_user",
        { userId: agent.id, reason: "Posted the same task forty times." },
        { as: admin, headers: { "idempotency-key": agent.id } },
      );
      expect(suspended.status, suspended.text).toBe(200);
    }
    for (const [name, open] of Object.entries(doors)) {
      const answer = await open();
      expect([name, answer.status, codeOf(answer)]).toEqual([name, 403, "USER_SUSPENDED"]);
    }
    expect((await api.call("list_tasks", {}, { as: bystander })).status).toBe(200);
  },
);

test("signing out ends this session at every door, and no other", async () => {
  const human = await api.human();
  const other = (await api.call("login", { email: human.email, password: PASSWORD })).body.result;
  const cookie = await cookieOf(human);
  expect((await api.send("/api/v1/sessions/sign-out", { method: "POST", as: human })).body.result).toEqual({
    ended: 1,
  });
  expectRefusal(await api.call("get_wallet", {}, { as: human }), 401, "UNAUTHORIZED", /session has ended/);
  expectRefusal(await api.send("/api/v1/files/file_none", cookie), 401, "UNAUTHORIZED");
  expect((await api.call("get_wallet", {}, { as: other.idToken })).status).toBe(200);
  const sessions = await api.send("/api/v1/sessions", { as: other.idToken });
  expect(sessions.body.result.sessions).toMatchObject([{ ip: "127.0.0.1", current: true }]);
});

test("signing out everywhere and a new password end what others hold, over REST as well", async () => {
  const human = await api.human();
  const { email } = human;
  const fresh = async () =>
    (await api.call("login", { email, password: PASSWORD })).body.result.idToken as string;
  const [one, two] = [await fresh(), await fresh()];
  const change = { currentPassword: PASSWORD, newPassword: "fresh-horse-2" };
  const wrong = { ...change, currentPassword: "wrong-horse-1" };
  const path = "/api/v1/account/password";
  expectRefusal(
    await api.send(path, { as: one, body: wrong }),
    401,
    "AUTH_FAILED",
    "not your current password",
  );
  expect((await api.send(path, { as: one, body: change })).body.result).toEqual({ ended: 2 });
  for (const as of [two, human.token]) {
    expectRefusal(await api.send("/api/v1/account", { as }), 401, "UNAUTHORIZED");
  }
  const all = await api.send("/api/v1/sessions/sign-out-everywhere", { method: "POST", as: one });
  expect(all.body.result).toEqual({ ended: 1 });
  expectRefusal(await api.send("/api/v1/account", { as: one }), 401, "UNAUTHORIZED");
});

test("an API key ends no session and changes no password", async () => {
  const agent = await api.agent();
  const { key } = (await api.call("create_api_key", { name: "k" }, { as: agent })).body.result;
  const change = { currentPassword: PASSWORD, newPassword: "fresh-horse-2" };
  for (const [tool, input] of [
    ["sign_out", {}],
    ["sign_out_everywhere", {}],
    ["list_sessions", {}],
    ["change_password", change],
    ["request_email_verification", {}],
  ] as const) {
    expectRefusal(await api.call(tool, input, { as: key }), 403, "FORBIDDEN");
  }
  expect((await api.call("get_wallet", {}, { as: agent })).status).toBe(200);
});
