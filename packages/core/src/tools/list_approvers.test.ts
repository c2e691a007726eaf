import { expect, test } from "vitest";
import { openApprovals } from "../../test/approvals.ts";
import { testDeclared, testDoor } from "../../test/door.ts";
import { act, openWorld, refused } from "../../test/world.ts";

const w = await openWorld();
const { owner, bot } = await openApprovals(w);

testDoor(w, "list_approvers", { may: ["agent"], permission: "tasks:read", input: {} });

test("lists the account's own by name, for its agent too", async () => {
  await act(w.core, owner, "add_approver", { name: "aaron", email: "aaron@example.com" });
  await openApprovals(w);
  const { approvers } = await w.core.call(bot, "list_approvers", {});
  expect(approvers.map((a) => [a.name, a.team])).toEqual([
    ["aaron", null],
    ["Ann Colleague", "Legal"],
  ]);
  await refused("FORBIDDEN", w.core.call(await w.human(), "list_approvers", {}));
});

testDeclared("list_approvers");
