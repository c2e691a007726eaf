import { expect, test } from "vitest";
import { openApprovals } from "../../test/approvals.ts";
import { testDeclared, testDoor } from "../../test/door.ts";
import { act, openWorld, refused } from "../../test/world.ts";

const w = await openWorld();
const { owner, bot, colleague } = await openApprovals(w);

testDoor(w, "remove_approver", {
  may: ["agent"],
  permission: "keys:write",
  input: { approverId: "apv_none" },
  required: ["approverId"],
});

test("takes somebody of one's own list off, by the owner alone", async () => {
  const approverId = colleague.id;
  await refused("FORBIDDEN", act(w.core, bot, "remove_approver", { approverId }));
  await refused("APPROVER_NOT_FOUND", act(w.core, await w.agent(), "remove_approver", { approverId }));
  expect(await act(w.core, owner, "remove_approver", { approverId })).toMatchObject({ id: approverId });
  await refused("APPROVER_NOT_FOUND", act(w.core, owner, "remove_approver", { approverId }));
  expect((await w.core.call(owner, "list_approvers", {})).approvers).toEqual([]);
});

testDeclared("remove_approver");
