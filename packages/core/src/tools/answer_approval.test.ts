import { expect, test } from "vitest";
import { openApprovals } from "../../test/approvals.ts";
import { testDeclared, testDoor } from "../../test/door.ts";
import { act, openWorld, refused } from "../../test/world.ts";

const w = await openWorld();
const { core } = w;
const { owner, bot, email, request, linkOf, answer } = await openApprovals(w);

testDoor(w, "answer_approval", {
  may: ["anonymous"],
  permission: null,
  input: { token: "ml_none", answer: "approve", choice: "x", comment: "x" },
  required: ["token", "answer"],
});

const asked = async (over: object = {}) => {
  const { approvalId } = await request({ approvers: [email], ...over });
  return { approvalId, token: await linkOf() };
};
const statusOf = async (approvalId: string) =>
  (await core.call(bot, "check_approval", { approvalId })).status;

test("answers once, for good; the link shows afterwards how it ended", async () => {
  const { approvalId, token } = await asked();
  expect(await answer({ token, answer: "decline" })).toMatchObject({
    approvalId,
    status: "declined",
    decidedBy: "Ann Colleague",
    you: "Ann Colleague",
  });
  const late = await refused("APPROVAL_CLOSED", answer({ token, answer: "approve" }));
  expect(late.message).toBe("This approval is declined already: Ann Colleague answered first.");
  expect(await statusOf(approvalId)).toBe("declined");
  const [row] = await core.client`select token_hash from approval_ask where approval_id = ${approvalId}`;
  expect(Buffer.from(row?.token_hash).toString()).not.toContain(token);
});

test("of many answers at once, by link and by the owner, the first holds and the others are told", async () => {
  await act(core, owner, "add_approver", { name: "Bob", email: `bob-${email}` });
  for (let i = 0; i < 5; i++) {
    const { approvalId, token } = await asked({ approvers: [email, `bob-${email}`] });
    const second = await linkOf(`bob-${email}`);
    const outcomes = await Promise.allSettled([
      answer({ token, answer: "approve" }),
      answer({ token: second, answer: "decline" }),
      core.call(owner, "decide_approval", { approvalId, answer: "approve" }),
      core.call(bot, "cancel_approval", { approvalId }),
    ]);
    const won = outcomes.flatMap((o) => (o.status === "fulfilled" ? [o.value.status] : []));
    expect(won).toEqual([await statusOf(approvalId)]);
    const lost = outcomes.flatMap((o) => (o.status === "rejected" ? [o.reason.code] : []));
    expect(lost).toEqual(Array(3).fill("APPROVAL_CLOSED"));
    if (won[0] === "cancelled") continue;
    const told =
      await core.client`select 1 from event where type = 'approval.decided' and data->>'approvalId' = ${approvalId}`;
    expect(told).toHaveLength(1);
  }
});

test("after its time it answers nothing, and a week later it shows nothing", async () => {
  const { approvalId, token } = await asked({ expiresInMinutes: 5 });
  await refused("APPROVAL_CLOSED", answer({ token, answer: "approve" }, w.later(0.1)));
  await refused("LINK_INVALID", answer({ token, answer: "approve" }, w.later(24 * 8)));
  const [row] = await core.client`select status, proof from approval where id = ${approvalId}`;
  expect(row).toEqual({ status: "pending", proof: null });
});

test("a choice is one of those that were asked", async () => {
  const { token } = await asked({ choices: ["Today", "Tomorrow"] });
  await refused("VALIDATION_ERROR", answer({ token, answer: "approve" }));
  await refused("VALIDATION_ERROR", answer({ token, answer: "approve", choice: "Never" }));
  await refused("VALIDATION_ERROR", answer({ token, answer: "decline", choice: "Today" }));
  expect(await answer({ token, answer: "approve", choice: "Today" })).toMatchObject({ choice: "Today" });
  const { token: plain } = await asked();
  await refused("VALIDATION_ERROR", answer({ token: plain, answer: "approve", choice: "Today" }));
});

test("the link of who was taken off the list, or of a suspended account, is dead", async () => {
  const dropped = await act(core, owner, "add_approver", { name: "Gone", email: `gone-${email}` });
  await request({ approvers: [dropped.id] });
  const token = await linkOf(`gone-${email}`);
  await act(core, owner, "remove_approver", { approverId: dropped.id });
  await refused("LINK_INVALID", answer({ token, answer: "approve" }));
  const other = await openApprovals(w);
  await other.request({ approvers: [other.email] });
  const theirs = await other.linkOf();
  await act(core, w.admin, "suspend_user", {
    userId: other.owner.userId,
    reason: "It posts what it must not.",
  });
  await refused("LINK_INVALID", answer({ token: theirs, answer: "approve" }));
});

test("is told to the owner's audit, by id and not by its token", async () => {
  const { approvalId, token } = await asked();
  await answer({ token, answer: "approve" });
  const [entry] = await core.client`
    select tool, role, account, outcome from audit_entry where object = ${approvalId} and tool = 'answer_approval'`;
  expect(entry).toEqual({ tool: "answer_approval", role: "anonymous", account: owner.userId, outcome: "ok" });
});

testDeclared("answer_approval");
