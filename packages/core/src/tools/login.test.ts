import { expect, test } from "vitest";
import { fieldsOf, testDeclared, testDoor } from "../../test/door.ts";
import { SESSION, USER } from "../../test/shapes.ts";
import { openWorld, refused } from "../../test/world.ts";
import { authenticate } from "../auth/authenticate.ts";
import { ANONYMOUS } from "../context.ts";

const w = await openWorld();
const password = "correct-horse-1";

testDoor(w, "login", {
  may: ["anonymous"],
  permission: null,
  input: { email: "nobody@example.com", password },
  required: ["email", "password"],
  codes: { email: "AUTH_FAILED" },
});

test("opens a session for the right password, in whatever case the email comes", async () => {
  const agent = await w.agent("Mira");
  const [row] = await w.core.client`select email from app_user where id = ${agent.userId}`;
  const made = await w.core.call(ANONYMOUS, "login", { email: ` ${row?.email.toUpperCase()} `, password });
  expect(fieldsOf(made)).toEqual(SESSION);
  expect(fieldsOf(made.user)).toEqual(USER);
  expect(made.user).toMatchObject({ id: agent.userId, displayName: "Mira" });
  const { actor } = await authenticate(w.core, made.idToken, "10.0.0.1");
  expect(actor).toMatchObject({ userId: agent.userId, role: "agent", via: "id_token" });
});

test("tells a wrong password and an unknown account alike", async () => {
  const call = (email: string, pass: string) =>
    refused("AUTH_FAILED", w.core.call(ANONYMOUS, "login", { email, password: pass }));
  const wrong = await call("admin@example.com", "wrong-horse-1");
  const unknown = await call("nobody@example.com", password);
  expect(wrong.message).toBe(unknown.message);
});

test("refuses a suspended account, and only to who knows its password", async () => {
  const human = await w.human();
  const [row] = await w.core.client`
    update app_user set suspended_at = clock_now() where id = ${human.userId} returning email`;
  const email: string = row?.email;
  await refused("USER_SUSPENDED", w.core.call(ANONYMOUS, "login", { email, password }));
  await refused("AUTH_FAILED", w.core.call(ANONYMOUS, "login", { email, password: "wrong-horse-1" }));
});

const from = (ip: string) => ({ ...ANONYMOUS, ip });
const tryAs = (email: string, ip: string, pass = "wrong-horse-1", core = w.core) =>
  core.call(from(ip), "login", { email, password: pass });
let networks = 0;
const freshIp = () => `10.8.${networks++}.1`;

test("an address tries 20 times an hour, whichever accounts", async () => {
  for (let i = 0; i < 20; i++) await refused("AUTH_FAILED", tryAs(`user${i}@nowhere.test`, "10.9.9.9"));
  const { facts } = await refused("RATE_LIMITED", tryAs("admin@example.com", "10.9.9.9", password));
  expect(facts).toMatchObject({ policy: "login", limit: 20 });
  await tryAs("admin@example.com", "10.9.9.8", password);
});

test.each(["there is one", "there is none"])(
  "ten wrong passwords an hour for an account, from anywhere, also many at once: %s",
  async (which) => {
    const email = which === "there is one" ? await w.emailOf(await w.human()) : "ghost@nowhere.test";
    const all = await Promise.allSettled(Array.from({ length: 25 }, () => tryAs(email, freshIp())));
    const codes = all.map((a) => (a.status === "rejected" ? a.reason.code : "in"));
    expect(codes.filter((c) => c === "AUTH_FAILED")).toHaveLength(10);
    expect(codes.filter((c) => c === "RATE_LIMITED")).toHaveLength(15);
    // The right one is not even looked at, or it could be guessed on.
    const { facts, message } = await refused("RATE_LIMITED", tryAs(email, freshIp(), password));
    expect(message).toContain("wrong passwords (10 per hour)");
    expect(facts.retryAfter).toBeGreaterThan(3500);
    const later = w.later(1.05);
    await refused("AUTH_FAILED", tryAs(email, freshIp(), "wrong-horse-1", later));
  },
);

test("nobody locks an owner out: a known address has tries of its own, a session goes on", async () => {
  const human = await w.human();
  const email = await w.emailOf(human);
  const [home, hotel] = ["2001:db8:7:7::1", freshIp()];
  const { idToken } = await tryAs(email, home, password);
  for (let i = 0; i < 10; i++) await refused("AUTH_FAILED", tryAs(email, freshIp()));
  await refused("RATE_LIMITED", tryAs(email, hotel, password));
  await tryAs(email, "2001:db8:7:7::2", password); // its /64 is the same customer
  expect((await authenticate(w.core, idToken, hotel)).actor.userId).toBe(human.userId);
});

test("the right password forgets the wrong ones before it", async () => {
  const email = await w.emailOf(await w.human());
  for (let round = 0; round < 3; round++) {
    for (let i = 0; i < 9; i++) await refused("AUTH_FAILED", tryAs(email, freshIp()));
    await tryAs(email, freshIp(), password);
  }
});

test("a sign-in that races a change of the password does not outlive it", async () => {
  for (let i = 0; i < 6; i++) {
    const human = await w.human();
    const [first] = [await w.login(human)];
    const { actor } = await authenticate(w.core, first.idToken, freshIp());
    const [racer] = await Promise.allSettled([
      w.login(human),
      w.core.call(actor, "change_password", { currentPassword: password, newPassword: "fresh-horse-2" }),
    ]);
    if (racer.status === "fulfilled") {
      await refused("UNAUTHORIZED", authenticate(w.core, racer.value.idToken, freshIp()));
    }
  }
});

testDeclared("login");
