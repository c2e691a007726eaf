import { expect, test } from "vitest";
import { fieldsOf, testDeclared, testDoor } from "../../test/door.ts";
import { openWorld, refused } from "../../test/world.ts";

const w = await openWorld();
const { core, admin } = w;
const agent = await w.agent("Beacon 100%_sure");
const human = await w.human("Mei Tanaka");
const list = (input: Parameters<typeof core.call<"list_users">>[2]) => core.call(admin, "list_users", input);
const names = async (input: Parameters<typeof list>[0]) =>
  (await list(input)).users.map((user) => user.displayName);

testDoor(w, "list_users", {
  may: ["admin"],
  permission: "tasks:read",
  input: { search: "mei", role: "human", suspended: false, limit: 20, page: 1 },
});

test("lists accounts, the newest first, and no secret of theirs", async () => {
  const { users, pagination } = await list({ limit: 100 });
  expect(fieldsOf(users[0]!)).toEqual([
    "createdAt",
    "displayName",
    "email",
    "emailVerified",
    "id",
    "role",
    "suspendedAt",
  ]);
  const at = users.map((user) => user.createdAt);
  expect(at).toEqual(at.toSorted().reverse());
  expect(pagination.totalItems).toBe(users.length);
});

test("finds by part of a name or email, or by a whole id; signs mean themselves", async () => {
  expect(await names({ search: "mei tan" })).toEqual(["Mei Tanaka"]);
  expect(await names({ search: human.userId })).toEqual(["Mei Tanaka"]);
  expect(await names({ search: "ADMIN@example" })).toEqual(["Admin"]);
  expect(await names({ search: "100%_" })).toEqual(["Beacon 100%_sure"]);
  expect(await names({ search: human.userId.slice(0, -1) })).toEqual([]);
  expect(await names({ search: "%" })).toEqual(["Beacon 100%_sure"]);
});

test("filters by role and suspension, and pages", async () => {
  expect(new Set((await list({ role: "agent", limit: 100 })).users.map((u) => u.role))).toEqual(
    new Set(["agent"]),
  );
  expect(await names({ suspended: true })).toEqual([]);
  await core.call(admin, "suspend_user", { userId: agent.userId, reason: "Looks like a scam." });
  expect(await names({ suspended: true })).toEqual(["Beacon 100%_sure"]);
  expect(await names({ suspended: false, search: "beacon" })).toEqual([]);
  const all = await names({ limit: 100 });
  const pages = [await names({ limit: 2, page: 1 }), await names({ limit: 2, page: 2 })].flat();
  expect(pages).toEqual(all.slice(0, 4));
  await refused("VALIDATION_ERROR", list({ search: "x".repeat(101) }));
});

testDeclared("list_users");
