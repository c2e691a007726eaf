import { expect, test } from "vitest";
import { fieldsOf, testDeclared, testDoor } from "../../test/door.ts";
import { act, fail, openWorld, refused, taskAt } from "../../test/world.ts";
import { actorOfUser } from "../auth/authenticate.ts";
import { type Actor, ANONYMOUS, VISITOR } from "../context.ts";
import { sweep } from "../jobs/clock.ts";
import { createAdmin } from "../seed.ts";

const w = await openWorld();
const { core, admin } = w;
const reason = "Posts listings that ask for other people's passwords.";
const suspend = (user: Actor, by = admin) => act(core, by, "suspend_user", { userId: user.userId, reason });
const someone = async () => [await w.agent("Rich", 10_000), await w.human()] as const;

async function anotherAdmin(): Promise<Actor> {
  const email = `${core.now().getTime()}-${Math.round(performance.now() * 1000)}@example.com`;
  await createAdmin(core, email, "correct-horse-1", "Second");
  const [row] = await core.client`select id from app_user where email = ${email}`;
  return actorOfUser(core, row?.id);
}

testDoor(w, "suspend_user", {
  may: ["admin"],
  permission: "tasks:write",
  input: { userId: "user_none", reason },
  required: ["userId", "reason"],
  codes: { reason: "REASON_TOO_SHORT" },
});

test("closes every door at once, keeps the reason, and mails it", async () => {
  const email = "closing@example.com";
  const password = "correct-horse-1";
  const made = await core.call(ANONYMOUS, "register", { email, password, agentName: "Closing" });
  const agent = await actorOfUser(core, made.user.id);
  const done = await suspend(agent);
  expect(fieldsOf(done)).toEqual(["reopenedTasks", "suspendedAt", "userId"]);
  expect(done).toMatchObject({ userId: agent.userId, reopenedTasks: 0 });
  await refused("USER_SUSPENDED", actorOfUser(core, agent.userId));
  await refused("USER_SUSPENDED", core.call(ANONYMOUS, "login", { email, password }));
  const { refreshToken } = made;
  await refused("USER_SUSPENDED", core.call(ANONYMOUS, "refresh_session", { refreshToken }));
  const [mail] =
    await core.client`select subject, body from mail where recipient = ${email} order by id desc`;
  expect(mail).toMatchObject({ subject: "Your Humans2AI account is suspended" });
  expect(mail?.body).toContain(reason);
  const { history, suspendedAt } = await core.call(admin, "get_user", { userId: agent.userId });
  expect(history).toMatchObject([{ action: "suspend", reason, adminId: admin.userId, adminName: "Admin" }]);
  expect(suspendedAt).toBe(done.suspendedAt);
});

test("what it keeps cannot be rewritten", async () => {
  const [agent] = await someone();
  await suspend(agent);
  for (const rewrite of ["update admin_action set reason = 'x'", "delete from admin_action"]) {
    await expect(core.client.unsafe(rewrite)).rejects.toMatchObject({ code: "23001" });
  }
  await expect(core.client.unsafe("truncate admin_action")).rejects.toMatchObject({ code: "23001" });
});

test("a suspended agent's listings are seen by nobody but their applicants, and taken by nobody", async () => {
  const [agent, human] = await someone();
  const other = await w.human();
  const taskId = await taskAt(w, "applied", agent, human);
  await act(core, other, "apply_to_task", { taskId, message: "Me too." });
  await act(core, other, "withdraw_application", { taskId });
  await suspend(agent);
  const rival = await w.agent();
  const stranger = await w.human();
  for (const actor of [VISITOR, rival, stranger]) {
    await refused("TASK_NOT_FOUND", core.call(actor, "get_task", { taskId }));
    const { tasks, pagination } = await core.call(actor, "list_tasks", { agentId: agent.userId });
    expect([tasks, pagination.totalItems]).toEqual([[], 0]);
  }
  for (const actor of [stranger, other]) {
    await refused("TASK_NOT_FOUND", act(core, actor, "apply_to_task", { taskId, message: "Me." }));
  }
  await refused("TASK_NOT_FOUND", act(core, rival, "cancel_task", { taskId }));
  expect((await core.call(human, "get_task", { taskId })).status).toBe("open");
  expect((await core.call(admin, "list_tasks", { agentId: agent.userId })).tasks).toHaveLength(1);
  await act(core, admin, "restore_user", { userId: agent.userId, reason: "It was a mistake." });
  expect((await core.call(stranger, "get_task", { taskId })).status).toBe("open");
  await act(core, other, "apply_to_task", { taskId, message: "Me again." });
});

test("a suspended agent's escrow waits for its deadline; proof handed in is paid by silence", async () => {
  const [agent, human] = await someone();
  const open = await taskAt(w, "open", agent, human);
  const running = await taskAt(w, "assigned", agent, human);
  await suspend(agent);
  const [held] = await core.client`select balance from account where id = ${`${agent.userId}:held`}`;
  expect(held?.balance).toBe("300000000");
  await act(core, human, "submit_proof", { taskId: running, text: "All photos are in." });
  const late = w.later(15 * 24);
  await sweep(late, fail);
  expect((await late.call(admin, "get_task", { taskId: open })).closedReason).toBe("deadline");
  expect((await late.call(human, "get_task", { taskId: running })).status).toBe("completed");
  expect((await late.call(human, "get_wallet", {})).balance).toBe(149.985);
});

test("a suspended agent's webhooks hear of nothing more", async () => {
  const [agent, human] = [await w.agent(), await w.human()];
  const taskId = await taskAt(w, "assigned", agent, human);
  const { id } = await act(core, agent, "create_webhook", { url: "https://hooks.example.com/h2a" });
  await act(core, human, "send_message", { taskId, content: "Before." });
  await suspend(agent);
  await act(core, human, "send_message", { taskId, content: "After." });
  const told = await core.client`select event_n from delivery where webhook_id = ${id}`;
  expect(told).toHaveLength(1);
});

test("a suspended human's tasks open again, its applications give their places back", async () => {
  const [agent, human] = await someone();
  const next = await w.human("Next");
  const assigned = await taskAt(w, "applied", agent, next);
  await act(core, human, "apply_to_task", { taskId: assigned, message: "Me." });
  await act(core, agent, "select_applicant", { taskId: assigned, humanId: human.userId });
  const applied = await taskAt(w, "applied", agent, human);
  const submitted = await taskAt(w, "submitted", agent, human);
  expect(await suspend(human)).toMatchObject({ reopenedTasks: 1 });
  const task = await core.call(agent, "get_task", { taskId: assigned });
  expect(task).toMatchObject({ status: "open", humanId: null, applicantCount: 1 });
  expect(task.history.at(-1)).toMatchObject({
    action: "give_up",
    by: "admin",
    reason: "The account of the human was suspended.",
  });
  await act(core, agent, "select_applicant", { taskId: assigned, humanId: next.userId });
  const { applications } = await core.call(agent, "list_applicants", { taskId: applied });
  expect(applications.map((a) => a.status)).toEqual(["withdrawn"]);
  expect((await core.call(agent, "get_task", { taskId: applied })).applicantCount).toBe(0);
  const choose = act(core, agent, "select_applicant", { taskId: applied, humanId: human.userId });
  await refused("NO_PENDING_APPLICATION", choose);
  expect((await core.call(agent, "get_task", { taskId: submitted })).status).toBe("submitted");
  await act(core, agent, "approve_submission", { taskId: submitted });
});

test("a suspended human is no candidate when somebody else gives the task back", async () => {
  const [agent, chosen] = await someone();
  const passed = await w.human();
  const taskId = await taskAt(w, "applied", agent, passed);
  await act(core, chosen, "apply_to_task", { taskId, message: "Me." });
  await act(core, agent, "select_applicant", { taskId, humanId: chosen.userId });
  await suspend(passed);
  await act(core, chosen, "give_up_task", { taskId, reason: "Ill." });
  const { applications } = await core.call(agent, "list_applicants", { taskId });
  expect(applications.find((a) => a.humanId === passed.userId)?.status).toBe("rejected");
  const choose = act(core, agent, "select_applicant", { taskId, humanId: passed.userId });
  await refused("NO_PENDING_APPLICATION", choose);
});

test("a task whose deadline has passed is left to the clock", async () => {
  const [agent, human] = await someone();
  const taskId = await taskAt(w, "assigned", agent, human);
  const late = w.later(73);
  const done = await act(late, admin, "suspend_user", { userId: human.userId, reason });
  expect(done.reopenedTasks).toBe(0);
  await sweep(late, fail);
  expect((await core.call(agent, "get_task", { taskId })).closedReason).toBe("deadline");
});

test("refuses a short reason, nobody, oneself, and who is suspended already", async () => {
  const [agent] = await someone();
  const short = act(core, admin, "suspend_user", { userId: agent.userId, reason: "Too short" });
  await refused("REASON_TOO_SHORT", short);
  await refused("USER_NOT_FOUND", act(core, admin, "suspend_user", { userId: "user_none", reason }));
  await refused("OWN_ACCOUNT", suspend(admin));
  await suspend(agent);
  await refused("ALREADY_SUSPENDED", suspend(agent));
});

test("two admins suspend one user at once: it is done once", async () => {
  const [agent, human] = await someone();
  const second = await anotherAdmin();
  await taskAt(w, "assigned", agent, human);
  const both = await Promise.allSettled([suspend(human), suspend(human, second)]);
  expect(both.map((one) => one.status).sort()).toEqual(["fulfilled", "rejected"]);
  const { history } = await core.call(admin, "get_user", { userId: human.userId });
  expect(history).toHaveLength(1);
});

test("two admins who suspend each other at once: one stays", async () => {
  for (let round = 0; round < 5; round++) {
    const [one, two] = [await anotherAdmin(), await anotherAdmin()];
    const both = await Promise.allSettled([suspend(two, one), suspend(one, two)]);
    expect(both.map((s) => s.status).sort()).toEqual(["fulfilled", "rejected"]);
    const lost = both.find((s): s is PromiseRejectedResult => s.status === "rejected");
    await refused("USER_SUSPENDED", Promise.reject(lost?.reason));
  }
});

test("a human who hands in at that moment is either paid or released, never both", async () => {
  for (let round = 0; round < 5; round++) {
    const [agent, human] = await someone();
    const taskId = await taskAt(w, "assigned", agent, human);
    const handIn = act(core, human, "submit_proof", { taskId, text: "All in." });
    const [proof] = await Promise.allSettled([handIn, suspend(human)]);
    const { status, humanId } = await core.call(admin, "get_task", { taskId });
    const taken = proof.status === "fulfilled";
    expect([status, humanId]).toEqual(taken ? ["submitted", human.userId] : ["open", null]);
  }
});

testDeclared("suspend_user");
