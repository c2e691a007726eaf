import { expect, test } from "vitest";
import { openApprovals, verify } from "../../test/approvals.ts";
import { fieldsOf, testDeclared, testDoor } from "../../test/door.ts";
import { act, asProgram, openWorld, refused } from "../../test/world.ts";

const w = await openWorld();
const { owner, bot, colleague, email, request } = await openApprovals(w);

testDoor(w, "request_approval", {
  may: ["agent"],
  permission: "tasks:write",
  input: {
    action: "x",
    details: "x",
    approvers: ["nobody"],
    choices: ["a", "b"],
    expiresInMinutes: 5,
    waitSeconds: 0,
  },
  required: ["action"],
});

const mailsTo = async (to: string) =>
  w.core.client<
    { subject: string; body: string }[]
  >`select subject, body from mail where recipient = ${to} order by id`;

test("asks the owner, by a mail that holds none of the agent's words", async () => {
  const asked = await request({ details: "Forty pages." });
  expect(fieldsOf(asked)).toEqual(
    [
      ...[
        "action",
        "actionSha256",
        "approvalId",
        "approvalUrl",
        "approvers",
        "askedBy",
        "choice",
        "choices",
        "comment",
      ],
      ...["createdAt", "decidedAt", "decidedBy", "details", "expiresAt", "proof", "status"],
    ].sort(),
  );
  expect(asked).toMatchObject({
    status: "pending",
    action: "Send the contract to ACME.",
    details: "Forty pages.",
    approvers: [],
    proof: null,
    approvalUrl: `http://localhost:3000/approve/${asked.approvalId}`,
  });
  const minutes = (new Date(asked.expiresAt).getTime() - new Date(asked.createdAt).getTime()) / 60_000;
  expect(minutes).toBe(60);
  const mail = (await mailsTo(await w.emailOf(owner))).at(-1);
  expect(mail?.subject).toBe("Your agent asks for your approval");
  expect(mail?.body).toContain(asked.approvalUrl);
  expect(mail?.body).not.toMatch(/ACME|Forty/);
});

test.each([
  ["an address", () => email.toUpperCase()],
  ["an id", () => colleague.id],
  ["a team", () => "legal"],
])("asks an approver by %s, once, with a link of their own", async (_, named) => {
  const before = (await mailsTo(email)).length;
  const asked = await request({ approvers: [named(), email] });
  expect(asked.approvers).toEqual([{ name: "Ann Colleague", email }]);
  const mails = await mailsTo(email);
  expect(mails).toHaveLength(before + 1);
  expect(mails.at(-1)?.body).toMatch(/http:\/\/localhost:3000\/approve\/link#token=ml_[\w-]{32}\n/);
  expect(mails.at(-1)?.body).not.toContain("ACME");
  expect(JSON.stringify(asked)).not.toContain("ml_");
});

test("asks nobody whom the owner did not name", async () => {
  for (const stranger of ["victim@example.com", "apv_none", "Sales", "Ann Colleague"]) {
    await refused("APPROVER_NOT_FOUND", request({ approvers: [email, stranger] }));
  }
  expect(await mailsTo("victim@example.com")).toEqual([]);
  const other = asProgram(await verify(w, await w.agent("Other")));
  for (const named of [email, colleague.id, "Legal"]) {
    await refused("APPROVER_NOT_FOUND", request({ approvers: [named] }, w.core, other));
  }
});

test("a choice that hides something is refused", async () => {
  await refused("VALIDATION_ERROR", request({ choices: ["Pay 10", "Pay \u202e001"] }));
  await refused("VALIDATION_ERROR", request({ choices: ["Only one"] }));
});

test("waits for the answer, outside its transaction", async () => {
  const waiting = request({ waitSeconds: 50 });
  const pending = async () =>
    (await w.core.call(owner, "list_approvals", { pending: true })).approvals[0]?.approvalId ?? "";
  const before = await pending();
  await expect.poll(pending).not.toBe(before);
  await w.core.call(owner, "decide_approval", { approvalId: await pending(), answer: "approve" });
  expect(await waiting).toMatchObject({ status: "approved", decidedBy: { as: "owner" } });
});

test("the same key asks once, and a repeat tells how it stands now", async () => {
  const input = { action: "Once only.", waitSeconds: 0 };
  const first = await act(w.core, bot, "request_approval", input, "once");
  await w.core.call(owner, "decide_approval", { approvalId: first.approvalId, answer: "decline" });
  const again = await act(w.core, bot, "request_approval", input, "once");
  expect(again).toMatchObject({ approvalId: first.approvalId, status: "declined" });
});

test("an hour's unanswered questions are enough, taken back or not", async () => {
  const crowd = asProgram(await verify(w, await w.agent("Crowd")));
  for (let i = 0; i < 20; i++) {
    const { approvalId } = await request({}, w.core, crowd);
    if (i % 2) await w.core.call(crowd, "cancel_approval", { approvalId });
  }
  await refused("TOO_MANY_UNANSWERED", request({}, w.core, crowd));
  await request({}, w.later(1.1), crowd);
});

test("many at once do not get past the limit", async () => {
  const crowd = asProgram(await verify(w, await w.agent("Crowd at once")));
  const calls = await Promise.allSettled(Array.from({ length: 30 }, () => request({}, w.core, crowd)));
  expect(calls.filter((c) => c.status === "fulfilled")).toHaveLength(20);
});

test("when too many calls wait, who asks learns the id at once", async () => {
  const patient = asProgram(await verify(w, await w.agent("Patient")));
  const { approvalId } = await request({}, w.core, patient);
  const many = Array.from({ length: 20 }, () =>
    w.core.call(patient, "check_approval", { approvalId, waitSeconds: 50 }),
  );
  await expect.poll(() => w.core.feed.waiting(patient.userId)).toBe(20);
  const asked = await request({ waitSeconds: 50 }, w.core, patient);
  expect(asked).toMatchObject({ approvalId: expect.stringMatching(/^appr_/), status: "pending" });
  await w.core.call({ ...patient, via: "session" }, "decide_approval", { approvalId, answer: "decline" });
  await Promise.all(many);
});

test("mails nobody for an unproven address, past its hour, or with words that threaten", async () => {
  await refused("EMAIL_NOT_VERIFIED", request({}, w.core, asProgram(await w.agent("Unproven"))));
  await refused("RISK_GATE_BLOCKED", request({ action: "Pay me with a gift card, outside the platform" }));
  const loud = asProgram(await verify(w, await w.agent("Loud")));
  await w.core.client`select hit_rate(${`mail_by:${loud.userId}`}, 60) from generate_series(1, 60)`;
  await refused("RATE_LIMITED", request({}, w.core, loud));
});

testDeclared("request_approval");
