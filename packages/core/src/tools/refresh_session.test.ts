import { expect, test } from "vitest";
import { fieldsOf, testDeclared, testDoor } from "../../test/door.ts";
import { SESSION } from "../../test/shapes.ts";
import { openWorld, refused } from "../../test/world.ts";
import { authenticate } from "../auth/authenticate.ts";
import { ANONYMOUS } from "../context.ts";

const w = await openWorld();
const password = "correct-horse-1";
const refresh = (refreshToken: string, core = w.core) =>
  core.call(ANONYMOUS, "refresh_session", { refreshToken });
const login = () => w.core.call(ANONYMOUS, "login", { email: "admin@example.com", password });
const dead = (token: string) => refused("UNAUTHORIZED", refresh(token));

testDoor(w, "refresh_session", {
  may: ["anonymous"],
  permission: null,
  input: { refreshToken: "rt_none" },
  required: ["refreshToken"],
});

test("exchanges a token once for a new pair", async () => {
  const first = await login();
  const second = await refresh(first.refreshToken);
  expect(fieldsOf(second)).toEqual(SESSION);
  expect(second.user).toEqual(first.user);
  expect(second.refreshToken).toMatch(/^rt_/);
  expect(second.refreshToken).not.toBe(first.refreshToken);
  const { actor } = await authenticate(w.core, second.idToken, "10.0.0.1");
  expect(actor.userId).toBe(first.user.id);
  await refresh(second.refreshToken);
});

test("is no new sign-in: what needs a fresh one is not opened by refreshing an old one", async () => {
  const first = await login();
  const signedInAt = async (idToken: string, core = w.core) =>
    (await authenticate(core, idToken, "10.0.0.1")).actor.signedInAt?.getTime();
  const then = await signedInAt(first.idToken);
  expect(Math.abs(then! - Date.now())).toBeLessThan(10_000);
  const [soon, late] = [w.later(0.2), w.later(0.5)];
  const second = await refresh(first.refreshToken, soon);
  const third = await refresh(second.refreshToken, late);
  for (const { idToken } of [second, third]) expect(await signedInAt(idToken, late)).toBe(then);
  const authTime = (token: string) =>
    JSON.parse(Buffer.from(token.split(".")[1]!, "base64url").toString()).auth_time;
  expect(Math.abs(authTime(third.idToken) - then! / 1000)).toBeLessThanOrEqual(1);
});

test("however often it is refreshed, a session ends 180 days after the password was given", async () => {
  let { refreshToken } = await login();
  for (const day of [29, 58, 87, 116, 145, 174]) {
    ({ refreshToken } = await refresh(refreshToken, w.later(day * 24)));
  }
  await refused("UNAUTHORIZED", refresh(refreshToken, w.later(181 * 24)));
  ({ refreshToken } = await refresh(refreshToken, w.later(179 * 24)));
  await refused("UNAUTHORIZED", refresh(refreshToken, w.later(181 * 24)));
});

test("a token used twice ends its whole family, and no other", async () => {
  const [first, bystander] = [await login(), await login()];
  const second = await refresh(first.refreshToken);
  const third = await refresh(second.refreshToken);
  await dead(first.refreshToken);
  await dead(second.refreshToken);
  await dead(third.refreshToken);
  await refresh(bystander.refreshToken);
});

test("a token used twice ends the idTokens of its family too, at once", async () => {
  const [first, bystander] = [await login(), await login()];
  const second = await refresh(first.refreshToken);
  await authenticate(w.core, second.idToken, "10.0.0.1");
  await dead(first.refreshToken);
  for (const { idToken } of [first, second]) {
    await refused("UNAUTHORIZED", authenticate(w.core, idToken, "10.0.0.1"));
  }
  await authenticate(w.core, bystander.idToken, "10.0.0.1");
});

test("of many that exchange one token at once, one gets a pair, and the reuse ends that too", async () => {
  const { refreshToken } = await login();
  const all = await Promise.allSettled(Array.from({ length: 12 }, () => refresh(refreshToken)));
  const won = all.filter((a) => a.status === "fulfilled");
  expect(won).toHaveLength(1);
  await dead(won[0]!.value.refreshToken);
});

test("many reuses at once, each of its own family, do not wait for each other", async () => {
  const used = await Promise.all(
    Array.from({ length: 12 }, async () => {
      const { refreshToken } = await login();
      await refresh(refreshToken);
      return refreshToken;
    }),
  );
  await Promise.all(used.map(dead));
});

test("a rotation that races the family's end does not outlive it", async () => {
  for (let i = 0; i < 8; i++) {
    const first = await login();
    const second = await refresh(first.refreshToken);
    const [rotated] = await Promise.allSettled([refresh(second.refreshToken), dead(first.refreshToken)]);
    if (rotated.status === "fulfilled") await dead(rotated.value.refreshToken);
  }
});

test("a token ends after 30 days, and with its account's suspension", async () => {
  const old = await login();
  await refused("UNAUTHORIZED", refresh(old.refreshToken, w.later(30 * 24 + 1)));
  await refresh(old.refreshToken, w.later(30 * 24 - 1));
  await dead("rt_none");
  const human = await w.human();
  const [row] = await w.core.client`select email from app_user where id = ${human.userId}`;
  const session = await w.core.call(ANONYMOUS, "login", { email: row?.email as string, password });
  await w.core.client`update app_user set suspended_at = clock_now() where id = ${human.userId}`;
  await refused("USER_SUSPENDED", refresh(session.refreshToken));
});

testDeclared("refresh_session");
