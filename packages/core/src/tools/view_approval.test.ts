import { expect, test } from "vitest";
import { openApprovals } from "../../test/approvals.ts";
import { fieldsOf, testDeclared, testDoor } from "../../test/door.ts";
import { openWorld, refused } from "../../test/world.ts";
import { ANONYMOUS } from "../context.ts";

const w = await openWorld();
const { owner, email, request, linkOf } = await openApprovals(w);

testDoor(w, "view_approval", {
  may: ["anonymous"],
  permission: null,
  input: { token: "ml_none" },
  required: ["token"],
});

test("shows the holder of the link what is asked, without what nobody sees, and nothing more", async () => {
  await request({ approvers: [email], action: "Pay \u202e001 $A9", details: "zero\u200bwidth" });
  const seen = await w.core.call(ANONYMOUS, "view_approval", { token: await linkOf() });
  expect(fieldsOf(seen)).toEqual(
    [
      ...[
        "action",
        "approvalId",
        "askedBy",
        "choice",
        "choices",
        "comment",
        "createdAt",
        "decidedAt",
        "decidedBy",
      ],
      ...["details", "expiresAt", "status", "you"],
    ].sort(),
  );
  expect(seen).toMatchObject({
    status: "pending",
    action: "Pay 001 $A9",
    details: "zerowidth",
    you: "Ann Colleague",
    askedBy: await w.emailOf(owner),
  });
});

test("shows nothing for another token", async () => {
  const none = { token: "ml_none" };
  await refused("LINK_INVALID", w.core.call(ANONYMOUS, "view_approval", none));
  await refused("LINK_INVALID", w.core.call(owner, "view_approval", none));
});

testDeclared("view_approval");
