import { expect, test } from "vitest";
import { openApprovals } from "../../test/approvals.ts";
import { testDeclared, testDoor } from "../../test/door.ts";
import { openWorld, refused } from "../../test/world.ts";

const w = await openWorld();
const { owner, bot, email, request, linkOf, answer } = await openApprovals(w);

testDoor(w, "cancel_approval", {
  may: ["agent"],
  permission: "tasks:write",
  input: { approvalId: "appr_none" },
  required: ["approvalId"],
});

test("takes a question back: nobody can answer it any more", async () => {
  const { approvalId } = await request({ approvers: [email] });
  expect(await w.core.call(bot, "cancel_approval", { approvalId })).toMatchObject({ status: "cancelled" });
  await refused("APPROVAL_CLOSED", answer({ token: await linkOf(), answer: "approve" }));
  await refused("APPROVAL_CLOSED", w.core.call(owner, "decide_approval", { approvalId, answer: "approve" }));
  await refused("APPROVAL_CLOSED", w.core.call(bot, "cancel_approval", { approvalId }));
});

test("only the account's own", async () => {
  const { approvalId } = await request();
  await refused("APPROVAL_NOT_FOUND", w.core.call(await w.agent(), "cancel_approval", { approvalId }));
});

testDeclared("cancel_approval");
