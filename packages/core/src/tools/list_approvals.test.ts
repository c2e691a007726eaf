import { expect, test } from "vitest";
import { openApprovals } from "../../test/approvals.ts";
import { testDeclared, testDoor } from "../../test/door.ts";
import { openWorld, refused } from "../../test/world.ts";

const w = await openWorld();
const { owner, request } = await openApprovals(w);

testDoor(w, "list_approvals", { may: ["agent"], permission: "tasks:read", input: { pending: true } });

test("lists the account's own, newest first, all or those that wait", async () => {
  const ids = [await request(), await request(), await request()].map((a) => a.approvalId);
  await (await openApprovals(w)).request();
  await w.core.call(owner, "decide_approval", { approvalId: ids[1]!, answer: "decline" });
  const list = async (pending: boolean, core = w.core) =>
    (await core.call(owner, "list_approvals", { pending })).approvals.map((a) => a.approvalId);
  expect(await list(false)).toEqual([ids[2], ids[1], ids[0]]);
  expect(await list(true)).toEqual([ids[2], ids[0]]);
  expect(await list(true, w.later(2))).toEqual([]);
  await refused("FORBIDDEN", w.core.call(await w.human(), "list_approvals", {}));
});

testDeclared("list_approvals");
