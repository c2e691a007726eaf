import { expect, test } from "vitest";
import { testDeclared, testDoor } from "../../test/door.ts";
import { openWorld, PASSWORD, refused } from "../../test/world.ts";
import { authenticate } from "../auth/authenticate.ts";
import { type Actor, ANONYMOUS } from "../context.ts";

const w = await openWorld();
const fresh = "fresh-horse-2";
testDoor(w, "change_password", {
  may: ["agent", "human", "admin"],
  permission: null,
  input: { currentPassword: "not-the-one-9", newPassword: fresh },
  required: ["currentPassword", "newPassword"],
  codes: { newPassword: "WEAK_PASSWORD" },
});

const enter = async (token: string, ip = "10.0.0.1") => (await authenticate(w.core, token, ip)).actor;
const change = (actor: Actor, currentPassword = PASSWORD, newPassword = fresh) =>
  w.core.call(actor, "change_password", { currentPassword, newPassword });

test("the new one opens the account, the old one no more; this session stays, the others end", async () => {
  const human = await w.human();
  const email = await w.emailOf(human);
  const [here, there] = [await w.login(human), await w.login(human)];
  expect(await change(await enter(here.idToken))).toEqual({ ended: 2 });
  await enter(here.idToken);
  await w.core.call(ANONYMOUS, "refresh_session", { refreshToken: here.refreshToken });
  await refused("UNAUTHORIZED", enter(there.idToken));
  const { refreshToken } = there;
  await refused("UNAUTHORIZED", w.core.call(ANONYMOUS, "refresh_session", { refreshToken }));
  await refused("AUTH_FAILED", w.login(human));
  await w.core.call(ANONYMOUS, "login", { email, password: fresh });
});

test("tells the owner by mail, and takes back links for a new password", async () => {
  const human = await w.human();
  const email = await w.emailOf(human);
  await w.core.call(ANONYMOUS, "request_password_reset", { email });
  await change(await enter((await w.login(human)).idToken));
  const mails = await w.core.client`select subject, body from mail where recipient = ${email} order by id`;
  expect(mails.at(-1)?.subject).toBe("Your password for Humans2AI was changed");
  const token = /token=(\S+)/.exec(mails.at(-2)?.body)![1]!;
  await refused(
    "LINK_INVALID",
    w.core.call(ANONYMOUS, "reset_password", { token, newPassword: "third-3-horse" }),
  );
});

test("wants the current password, and lets a stolen session guess no more than 20 times an hour", async () => {
  const human = await w.human();
  const [mine, stolen] = [await w.login(human, "10.1.1.1"), await w.login(human, "10.2.2.2")];
  const thief = await enter(stolen.idToken, "10.6.6.6");
  for (let i = 0; i < 20; i++) await refused("AUTH_FAILED", change(thief, `guess-${i}`));
  await refused("RATE_LIMITED", change(thief));
  expect(await change(await enter(mine.idToken, "10.5.5.5"))).toEqual({ ended: 2 });
});

test.each(["short1", "lettersonly", "password1"])("refuses the weak password %j", async (weak) => {
  const human = await w.human();
  await refused("WEAK_PASSWORD", change(human, PASSWORD, weak));
});

test("of two changes at once one wins", async () => {
  const human = await w.human();
  const both = await Promise.allSettled(
    ["first-horse-1", "second-horse-2"].map((p) => change(human, PASSWORD, p)),
  );
  expect(both.map((b) => b.status).sort()).toEqual(["fulfilled", "rejected"]);
});

test("is not for an API key", async () => {
  const { key } = await w.core.call(await w.agent(), "create_api_key", {
    name: "k",
    permissions: [
      "tasks:read",
      "tasks:write",
      "wallet:read",
      "messages:read",
      "messages:write",
      "keys:write",
    ],
  });
  await refused("FORBIDDEN", change(await enter(key)));
});

testDeclared("change_password");
