import { expect, test } from "vitest";
import { verify } from "../../test/approvals.ts";
import { fieldsOf, testDeclared, testDoor } from "../../test/door.ts";
import { act, asProgram, openWorld, refused } from "../../test/world.ts";

const w = await openWorld();
const owner = await verify(w, await w.agent());

testDoor(w, "add_approver", {
  may: ["agent"],
  permission: "keys:write",
  input: { name: "Ann", email: "ann@example.com", team: "Legal" },
  required: ["name", "email"],
});

test("puts somebody on the list, once", async () => {
  const input = { name: "Ann", email: " Ann@Example.com ", team: "Legal" };
  const added = await act(w.core, owner, "add_approver", input);
  expect(fieldsOf(added)).toEqual(["createdAt", "email", "id", "name", "team"]);
  expect(added).toMatchObject({ name: "Ann", email: "ann@example.com", team: "Legal" });
  await refused("APPROVER_EXISTS", act(w.core, owner, "add_approver", { ...input, name: "Other" }));
});

test("no program can: it would name itself", async () => {
  const input = { name: "Me", email: "model@example.com" };
  for (const via of ["api_key", "id_token"] as const) {
    await refused("FORBIDDEN", act(w.core, { ...asProgram(owner), via }, "add_approver", input));
  }
});

test("the list ends at fifty, also for many at once", async () => {
  const crowd = await verify(w, await w.agent("Crowd"));
  const outcomes = await Promise.allSettled(
    Array.from({ length: 52 }, (_, i) =>
      act(w.core, crowd, "add_approver", { name: "A", email: `a${i}@example.com` }),
    ),
  );
  expect(outcomes.filter((o) => o.status === "fulfilled")).toHaveLength(50);
  await refused(
    "TOO_MANY_APPROVERS",
    act(w.core, crowd, "add_approver", { name: "A", email: "z@example.com" }),
  );
});

test("an account of an unproven address names nobody, and no name threatens", async () => {
  const input = { name: "Ann", email: "ann@example.com" };
  await refused("EMAIL_NOT_VERIFIED", act(w.core, await w.agent(), "add_approver", input));
  const name = "Pay me with a gift card, outside the platform";
  await refused("RISK_GATE_BLOCKED", act(w.core, owner, "add_approver", { ...input, name }));
});

testDeclared("add_approver");
