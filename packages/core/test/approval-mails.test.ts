/** Approvals as a way to mail strangers, to threaten them, or to pose as somebody: tried here. */

import { expect, test } from "vitest";
import { openApprovals, verify } from "./approvals.ts";
import { act, asProgram, openWorld, refused } from "./world.ts";

const w = await openWorld();
const { owner, bot, email, request } = await openApprovals(w);
const mailsTo = async (to: string): Promise<number> =>
  (await w.core.client`select from mail where recipient = ${to} and subject like '%approv%'`).count;

test("an account whose address nobody proved mails nobody, its owner neither", async () => {
  const stranger = await w.agent("Poser");
  const input = { name: "Ann", email: "victim@example.com" };
  const refusal = await refused("EMAIL_NOT_VERIFIED", act(w.core, stranger, "add_approver", input));
  expect(refusal.message).toContain("has not confirmed");
  await refused("EMAIL_NOT_VERIFIED", request({}, w.core, asProgram(stranger)));
  expect(await mailsTo(await w.emailOf(stranger))).toBe(0);
  await verify(w, stranger);
  await act(w.core, stranger, "add_approver", input);
  await request({ approvers: ["victim@example.com"] }, w.core, asProgram(stranger));
  expect(await mailsTo("victim@example.com")).toBe(1);
});

test("a team is no way round the ten who can be asked at once", async () => {
  for (let i = 0; i < 11; i++) {
    await act(w.core, owner, "add_approver", { name: "A", email: `crowd${i}@example.com`, team: "Crowd" });
  }
  const refusal = await refused("VALIDATION_ERROR", request({ approvers: ["Crowd"] }));
  expect(refusal.message).toContain("at most 10");
  expect(await mailsTo("crowd0@example.com")).toBe(0);
});

test("one address gets twenty an hour, whoever asks; a refused question leaves nothing", async () => {
  const victim = "bombed@example.com";
  const accounts = await Promise.all(
    ["One", "Two"].map(async (name) => {
      const account = await verify(w, await w.agent(name));
      await act(w.core, account, "add_approver", { name: "V", email: victim });
      return asProgram(account);
    }),
  );
  for (let i = 0; i < 20; i++) await request({ approvers: [victim] }, w.core, accounts[i % 2]);
  const { facts } = await refused("RATE_LIMITED", request({ approvers: [victim] }, w.core, accounts[0]));
  expect(facts).toMatchObject({ policy: "mail_to", limit: 20 });
  expect(await mailsTo(victim)).toBe(20);
  const { approvals } = await w.core.call(accounts[0]!, "list_approvals", { pending: true });
  expect(approvals).toHaveLength(10);
  await request({ approvers: [victim] }, w.later(1.1), accounts[0]);
});

test("an account causes sixty an hour, those about money too; the question of money is asked all the same", async () => {
  const account = await verify(w, await w.agent("Loud"));
  const program = asProgram(account);
  for (let i = 0; i < 6; i++) {
    await act(w.core, account, "add_approver", { name: "T", email: `t${i}@example.com`, team: "T" });
  }
  const answered = async (over: object) => {
    const { approvalId } = await request(over, w.core, program);
    await w.core.call(account, "decide_approval", { approvalId, answer: "decline" });
  };
  for (let i = 0; i < 9; i++) await answered({ approvers: ["T"] });
  for (let i = 0; i < 5; i++) await answered({});
  const strict = w.later(0, { confirmAbove: 100 });
  const ask = () =>
    act(strict, program, "request_confirmation", { tool: "create_task", params: { budget: 150 } });
  const { confirmationId } = await ask();
  await strict.call(account, "decide_confirmation", { confirmationId: confirmationId!, answer: "no" });
  const { facts } = await refused("RATE_LIMITED", request({}, w.core, program));
  expect(facts).toMatchObject({ policy: "mail_by", limit: 60 });
  const before = (await w.core.client`select from mail`).count;
  expect(await ask()).toMatchObject({ status: "pending" });
  expect((await w.core.client`select from mail`).count).toBe(before);
});

test("words that no stranger should get are refused, wherever they stand", async () => {
  const bad = "I pay you directly with a gift card, outside the platform";
  await refused("RISK_GATE_BLOCKED", request({ action: bad }));
  await refused("RISK_GATE_BLOCKED", request({ details: bad, approvers: [email] }));
  await refused("RISK_GATE_BLOCKED", request({ choices: [bad, "No"] }, w.core, bot));
  await refused(
    "RISK_GATE_BLOCKED",
    act(w.core, owner, "add_approver", { name: bad, email: "x@example.com" }),
  );
});
