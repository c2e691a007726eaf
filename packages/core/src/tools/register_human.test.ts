import { expect, test } from "vitest";
import { fieldsOf, testDeclared, testDoor } from "../../test/door.ts";
import { SESSION } from "../../test/shapes.ts";
import { openWorld, refused } from "../../test/world.ts";
import { authenticate } from "../auth/authenticate.ts";
import { ANONYMOUS } from "../context.ts";

const w = await openWorld();
let n = 0;
const input = () => ({ email: `new${n++}@example.com`, password: "letters-and-1", displayName: "Mei" });

testDoor(w, "register_human", {
  may: ["anonymous"],
  permission: null,
  input: { email: "door@example.com", password: "letters-and-1", displayName: "Door" },
  required: ["email", "password", "displayName"],
  codes: { email: "INVALID_EMAIL", password: "WEAK_PASSWORD" },
});

test("makes a human with an empty wallet and a session", async () => {
  const made = await w.core.call(ANONYMOUS, "register_human", input());
  expect(fieldsOf(made)).toEqual(SESSION);
  expect(made.user).toMatchObject({ role: "human", displayName: "Mei" });
  const { actor } = await authenticate(w.core, made.idToken, "10.0.0.1");
  expect(await w.core.call(actor, "get_wallet", {})).toMatchObject({ balance: 0, recentTransactions: [] });
});

test.each([
  ["EMAIL_EXISTS", { email: "admin@example.com" }],
  ["WEAK_PASSWORD", { password: "short1" }],
  ["WEAK_PASSWORD", { password: "lettersonly" }],
  ["WEAK_PASSWORD", { password: "a1".repeat(101) }],
  ["INVALID_EMAIL", { email: "nobody" }],
  ["INVALID_EMAIL", { email: `${"x".repeat(250)}@example.com` }],
  ["VALIDATION_ERROR", { displayName: "x".repeat(81) }],
] as const)("refuses with %s: %j", async (code, wrong) => {
  await refused(code, w.core.call(ANONYMOUS, "register_human", { ...input(), ...wrong }));
});

test("counts against the same hour as register", async () => {
  const from = { ...ANONYMOUS, ip: "10.9.9.9" };
  for (let i = 0; i < 5; i++) {
    const { displayName: _, ...agent } = input();
    await w.core.call(from, "register", agent);
  }
  await refused("RATE_LIMITED", w.core.call(from, "register_human", input()));
});

test("a name is read by others: no insults", async () => {
  await refused(
    "RISK_GATE_BLOCKED",
    w.core.call(ANONYMOUS, "register_human", { ...input(), displayName: "Hur\u200Bensohn" }),
  );
});

testDeclared("register_human");
