import { expect, test } from "vitest";
import { openApprovals } from "../../test/approvals.ts";
import { testDeclared, testDoor } from "../../test/door.ts";
import { openWorld, refused } from "../../test/world.ts";
import type { Actor } from "../context.ts";

const w = await openWorld();
const { owner, bot, email, request } = await openApprovals(w);

testDoor(w, "decide_approval", {
  may: ["agent"],
  permission: "tasks:write",
  input: { approvalId: "appr_none", answer: "approve", choice: "x", comment: "x" },
  required: ["approvalId", "answer"],
});

const decide = (approvalId: string, by: Actor = owner) =>
  w.core.call(by, "decide_approval", { approvalId, answer: "approve", comment: "Go on." });

test("the owner always may, whoever else was asked", async () => {
  const { approvalId } = await request({ approvers: [email] });
  expect(await decide(approvalId)).toMatchObject({
    status: "approved",
    comment: "Go on.",
    decidedBy: { name: "the owner of Owner", email: await w.emailOf(owner), as: "owner" },
    proof: expect.stringMatching(/^eyJ[\w-]+\.[\w-]+\.[\w-]{86}$/),
  });
  await refused("APPROVAL_CLOSED", decide(approvalId));
});

test("no program may, and no other account", async () => {
  const { approvalId } = await request();
  await refused("FORBIDDEN", decide(approvalId, bot));
  await refused("FORBIDDEN", decide(approvalId, { ...bot, via: "id_token" }));
  await refused("FORBIDDEN", decide(approvalId, await w.human()));
  await refused("APPROVAL_NOT_FOUND", decide(approvalId, await w.agent("Other")));
  expect((await w.core.call(bot, "check_approval", { approvalId })).status).toBe("pending");
});

test("events tell of the question and of the answer", async () => {
  const { cursor } = await w.core.call(bot, "wait_for_events", { timeoutSeconds: 0 });
  const { approvalId } = await request();
  await decide(approvalId);
  const { events } = await w.core.call(bot, "list_events", { after: cursor });
  expect(events.map(({ type, data }) => [type, data])).toEqual([
    ["approval.requested", { approvalId, status: "pending" }],
    ["approval.decided", { approvalId, status: "approved" }],
  ]);
});

testDeclared("decide_approval");
