import { expect, test } from "vitest";
import { fieldsOf, testDeclared, testDoor } from "../../test/door.ts";
import { SESSION, USER } from "../../test/shapes.ts";
import { met, openWorld, refused } from "../../test/world.ts";
import { authenticate, limitPublic } from "../auth/authenticate.ts";
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

test("an address tries 20 times an hour", async () => {
  for (let i = 0; i < 20; i++) await limitPublic(w.core, "login", "10.9.9.9");
  const refusal = await refused("RATE_LIMITED", limitPublic(w.core, "login", "10.9.9.9"));
  met.add(`login:${refusal.code}`);
});

testDeclared("login");
