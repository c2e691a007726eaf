import { expect, test } from "vitest";
import { fieldsOf, testDeclared, testDoor } from "../../test/door.ts";
import { SESSION, USER } from "../../test/shapes.ts";
import { act, coffeeShops, openWorld, refused } from "../../test/world.ts";
import { authenticate } from "../auth/authenticate.ts";
import type { Input, Output } from "../call.ts";
import { ANONYMOUS } from "../context.ts";

const w = await openWorld();
const input = () => ({ email: `new${n++}@example.com`, password: "letters-and-1" });
let n = 0;

testDoor(w, "register", {
  may: ["anonymous"],
  permission: null,
  input: { email: "door@example.com", password: "letters-and-1", agentName: "Door" },
  required: ["email", "password"],
  codes: { email: "INVALID_EMAIL", password: "WEAK_PASSWORD" },
});

test("makes an agent with 500 $A9, a session and a read-only key", async () => {
  const made = await w.core.call(ANONYMOUS, "register", { ...input(), agentName: "  PhotoBot " });
  expect(fieldsOf(made)).toEqual([...SESSION, "apiKey"].sort());
  expect(fieldsOf(made.user)).toEqual(USER);
  expect(made.user).toMatchObject({ role: "agent", displayName: "PhotoBot" });
  expect(made.apiKey.key).toMatch(/^sk_live_[\w-]{32}$/);
  expect(made.apiKey.permissions).toEqual(["tasks:read", "wallet:read", "messages:read"]);
  expect(made.expiresIn).toBe(3600);
  expect(made.nextSteps.length).toBeGreaterThan(0);
  const { actor } = await authenticate(w.core, made.apiKey.key, "10.0.0.1");
  expect(await w.core.call(actor, "get_wallet", {})).toMatchObject({ balance: 500, frozenBalance: 0 });
  await refused("FORBIDDEN", act(w.core, actor, "create_task", coffeeShops()));
});

test("the idToken has all permissions at once", async () => {
  const made = await w.core.call(ANONYMOUS, "register", { ...input() });
  const { actor } = await authenticate(w.core, made.idToken, "10.0.0.1");
  expect(await act(w.core, actor, "create_task", coffeeShops())).toMatchObject({ status: "open" });
});

test("names an agent after its email when it gives no name", async () => {
  const made = await w.core.call(ANONYMOUS, "register", { ...input(), email: "  Photo.Bot@Example.COM " });
  expect(made.user).toMatchObject({ displayName: "photo.bot", email: "photo.bot@example.com" });
});

test("an email has one account, in whatever case, also when two ask at once", async () => {
  const one = input();
  const upper = { ...one, email: one.email.toUpperCase() };
  const both = await Promise.allSettled([one, upper].map((i) => w.core.call(ANONYMOUS, "register", i)));
  expect(both.map((b) => b.status).sort()).toEqual(["fulfilled", "rejected"]);
  await refused("EMAIL_EXISTS", w.core.call(ANONYMOUS, "register", upper));
});

test.each(["", "a1", "aaaaaa1", "onlyletters", "12345678", "a1".repeat(101)])(
  "refuses the weak password %j",
  async (password) => {
    await refused("WEAK_PASSWORD", w.core.call(ANONYMOUS, "register", { ...input(), password }));
  },
);

test.each(["sieben77", "a1".repeat(100), "пароль-42"])("takes the password %j", async (password) => {
  await w.core.call(ANONYMOUS, "register", { ...input(), password });
});

test.each(["", "no-at", "a@b", "@example.com", "a b@example.com", `${"x".repeat(250)}@example.com`])(
  "refuses the email %j",
  async (email) => {
    await refused("INVALID_EMAIL", w.core.call(ANONYMOUS, "register", { ...input(), email }));
  },
);

test.each(["password1", "Password123", "QWERTY123", "1q2w3e4r5t"])(
  "refuses the common password %j, in whatever case",
  async (password) => {
    const { message } = await refused(
      "WEAK_PASSWORD",
      w.core.call(ANONYMOUS, "register", { ...input(), password }),
    );
    expect(message).toContain("most common");
    const lax = w.later(0, { refuseCommonPasswords: false });
    await lax.call(ANONYMOUS, "register", { ...input(), password });
  },
);

test("an address makes 5 accounts an hour; only what could be one counts", async () => {
  const from = (ip: string) => ({ ...ANONYMOUS, ip });
  const make = (over: Partial<Input<"register">> = {}, ip = "10.9.9.9"): Promise<Output<"register">> =>
    w.core.call(from(ip), "register", { ...input(), ...over } as Input<"register">);
  for (let i = 0; i < 9; i++) {
    await refused("WEAK_PASSWORD", make({ password: i % 2 ? "short" : "password1" }));
    await refused("INVALID_EMAIL", make({ email: "nobody" }));
    await refused("VALIDATION_ERROR", make({ agentName: "" }));
  }
  const { user } = await make();
  // Asking which addresses have accounts is no cheaper than making them.
  for (let i = 0; i < 3; i++) await refused("EMAIL_EXISTS", make({ email: user.email }));
  await make();
  await refused("RATE_LIMITED", make());
  await refused("RATE_LIMITED", make({ email: user.email }));
  await make({}, "10.9.9.8");
});

test("sends the mail that confirms the address", async () => {
  const { user } = await w.core.call(ANONYMOUS, "register", { ...input() });
  expect(user.emailVerified).toBe(false);
  const [mail] = await w.core.client`select * from mail where recipient = ${user.email}`;
  expect(mail?.subject).toBe("Confirm your address for Humans2AI");
  expect(mail?.body).toContain("http://localhost:3000/verify-email#token=ml_");
});

test("a name is read by others: no insults", async () => {
  const named = { ...input(), agentName: "s-l-u-t" };
  await refused("RISK_GATE_BLOCKED", w.core.call(ANONYMOUS, "register", named));
});

testDeclared("register");
