import { expect, test } from "vitest";
import { testDeclared, testDoor } from "../../test/door.ts";
import { openWorld, PASSWORD, refused } from "../../test/world.ts";
import { authenticate } from "../auth/authenticate.ts";
import { type Actor, ANONYMOUS } from "../context.ts";

const w = await openWorld();
const fresh = "fresh-horse-2";
testDoor(w, "reset_password", {
  may: ["anonymous"],
  permission: null,
  input: { token: "ml_none", newPassword: fresh },
  required: ["token", "newPassword"],
  codes: { token: "LINK_INVALID", newPassword: "WEAK_PASSWORD" },
});

const enter = (token: string) => authenticate(w.core, token, "10.0.0.1");
const reset = (token: string, newPassword = fresh, core = w.core, ip: string | null = null) =>
  core.call({ ...ANONYMOUS, ip }, "reset_password", { token, newPassword });
async function linkFor(of: Actor): Promise<string> {
  const email = await w.emailOf(of);
  await w.core.call(ANONYMOUS, "request_password_reset", { email });
  const [mail] = await w.core
    .client`select body from mail where recipient = ${email} order by id desc limit 1`;
  return /token=(\S+)/.exec(mail?.body)![1]!;
}

test("ends every session, and only the new password opens the account", async () => {
  const human = await w.human();
  const email = await w.emailOf(human);
  const [one, two] = [await w.login(human), await w.login(human)];
  expect(await reset(await linkFor(human))).toEqual({ ended: 3 });
  for (const { idToken, refreshToken } of [one, two]) {
    await refused("UNAUTHORIZED", enter(idToken));
    await refused("UNAUTHORIZED", w.core.call(ANONYMOUS, "refresh_session", { refreshToken }));
  }
  await refused("AUTH_FAILED", w.login(human));
  const { user } = await w.core.call(ANONYMOUS, "login", { email, password: fresh });
  expect(user.emailVerified).toBe(true); // the link proved it
  const [told] = await w.core
    .client`select subject from mail where recipient = ${email} order by id desc limit 1`;
  expect(told?.subject).toBe("Your password for Humans2AI was changed");
});

test("a link works once, also when many use it at once, and takes the others with it", async () => {
  const human = await w.human();
  const [first, second] = [await linkFor(human), await linkFor(human)];
  const all = await Promise.allSettled(
    Array.from({ length: 6 }, (_, i) => reset(second, `fresh-horse-${i}`)),
  );
  expect(all.filter((a) => a.status === "fulfilled")).toHaveLength(1);
  await refused("LINK_INVALID", reset(second));
  await refused("LINK_INVALID", reset(first));
});

test("a link is good for an hour", async () => {
  const human = await w.human();
  const token = await linkFor(human);
  await refused("LINK_INVALID", reset(token, fresh, w.later(1.01)));
  await reset(token, fresh, w.later(0.98));
});

test("opens an account whose tries at the old password are used up", async () => {
  const human = await w.human();
  const email = await w.emailOf(human);
  const from = (i: number) => ({ ...ANONYMOUS, ip: `10.5.${i}.1` });
  const login = (i: number, password: string) => w.core.call(from(i), "login", { email, password });
  for (let i = 0; i < 10; i++) await refused("AUTH_FAILED", login(i, "wrong-horse-1"));
  await refused("RATE_LIMITED", login(11, PASSWORD));
  await reset(await linkFor(human));
  await login(12, fresh);
});

test("keys made before anyone had shown to own the address end with the reset; later ones stay", async () => {
  // Somebody signs up with an address that is not theirs, keeps a key, and waits for its owner.
  const agent = await w.agent();
  const early = await w.core.call(agent, "create_api_key", { name: "early" });
  await enter(early.key);
  await reset(await linkFor(agent));
  await refused("UNAUTHORIZED", enter(early.key));
  const late = await w.core.call(agent, "create_api_key", { name: "late" });
  await reset(await linkFor(agent), "third-horse-3");
  await enter(late.key);
});

test.each(["short1", "lettersonly", "a1".repeat(101), "password1"])(
  "refuses the weak password %j",
  async (weak) => {
    const token = await linkFor(await w.human());
    await refused("WEAK_PASSWORD", reset(token, weak));
    await reset(token);
  },
);

test("is refused to a suspended account, and limited per address", async () => {
  const human = await w.human();
  const token = await linkFor(human);
  await w.core.client`update app_user set suspended_at = clock_now() where id = ${human.userId}`;
  await refused("USER_SUSPENDED", reset(token));
  for (let i = 0; i < 20; i++) await refused("LINK_INVALID", reset("ml_guess", fresh, w.core, "10.8.8.8"));
  await refused("RATE_LIMITED", reset("ml_guess", fresh, w.core, "10.8.8.8"));
});

testDeclared("reset_password");
