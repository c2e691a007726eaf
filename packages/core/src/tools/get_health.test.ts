import { expect, test } from "vitest";
import { fieldsOf, testDeclared, testDoor } from "../../test/door.ts";
import { act, fail, openWorld, REASON, taskAt } from "../../test/world.ts";
import { healthJob } from "../jobs/health.ts";
import { type Job, runOnce } from "../jobs/runner.ts";
import { queueMail } from "../mail.ts";

const w = await openWorld({}, ["held", "settlements"]);
const { core, admin } = w;
const look = (at = core) => at.call(admin, "get_health", {});
const check = (at = core, report: (error: unknown) => void = fail) => runOnce(at, healthJob(60_000), report);
const [agent, human] = [await w.agent("Rich", 10_000), await w.human()];

testDoor(w, "get_health", { may: ["admin"], permission: "tasks:read", input: {} });

test("nothing is well before the first check", async () => {
  const health = await look();
  expect(fieldsOf(health)).toEqual([
    "invariants",
    "jobs",
    "money",
    "now",
    "ok",
    "queues",
    "suspended",
    "waiting",
  ]);
  expect(health).toMatchObject({ ok: false, invariants: { checkedAt: null, stale: true, views: [] } });
});

test("says that every invariant holds, since when, and where the money is", async () => {
  await taskAt(w, "completed", agent, human);
  await taskAt(w, "disputed", agent, human);
  await taskAt(w, "pending_review", agent, human);
  await check();
  const { ok, invariants, money, jobs, waiting } = await look();
  expect([ok, invariants.stale, jobs[0]?.note]).toEqual([true, false, "every invariant holds"]);
  const views = await core.client`select name from invariant order by name`;
  expect(invariants.views).toEqual(views.map(({ name }) => ({ name, rows: 0 })));
  const totals = Object.fromEntries(money.totals.map(({ name, amount }) => [name, amount]));
  expect(totals).toMatchObject({ escrow: 5151, fees: 0.015, payouts: 149.985, withdrawals: 0 });
  expect(totals.deposits).toBe(totals.balances! + totals.escrow! + totals.fees!);
  expect(waiting).toEqual({ listings: 1, disputes: 1, reports: 0 });
});

test("shows what was last counted, not what a view would find now", async () => {
  const before = await look();
  await taskAt(w, "open", agent, human);
  expect((await look()).money).toEqual(before.money);
  await check();
  expect((await look()).money).not.toEqual(before.money);
});

test("is stale, and the job overdue, when nobody checks any more", async () => {
  expect((await look(w.later(1 / 60))).invariants.stale).toBe(false);
  const { ok, invariants, jobs } = await look(w.later(4 / 60));
  expect([ok, invariants.stale]).toEqual([false, true]);
  expect(jobs).toMatchObject([{ name: "health", state: "overdue", everyMs: 60_000 }]);
});

test("a job that fails is red until it works again; its failure is kept", async () => {
  let broken = true;
  const job: Job = {
    name: "flaky",
    everyMs: 1000,
    run: async () => {
      if (broken) throw new Error("no network");
      return "fine";
    },
  };
  const flaky = async () => (await look()).jobs.find((one) => one.name === "flaky");
  await runOnce(core, job, () => {});
  expect(await flaky()).toMatchObject({ state: "failed", failure: "no network", okAt: null });
  expect((await look()).ok).toBe(false);
  broken = false;
  await runOnce(core, job, fail);
  expect(await flaky()).toMatchObject({ state: "ok", note: "fine" });
});

test("counts what waits for an admin and in the queues, and since when", async () => {
  await act(core, human, "report", {
    objectType: "user",
    objectId: agent.userId,
    category: "other",
    reason: REASON,
  });
  const third = await w.human();
  await act(core, admin, "suspend_user", { userId: third.userId, reason: "Looks like a scam." });
  const { waiting, suspended, queues } = await look();
  expect([waiting.reports, suspended]).toEqual([1, 1]);
  const mail = queues.find((queue) => queue.name === "mail");
  expect(mail?.waiting).toBeGreaterThan(0);
  expect(mail?.oldestAt).not.toBeNull();
  await core.client`update mail set sent_at = clock_now()`;
  expect((await look()).queues.find((queue) => queue.name === "mail")).toEqual({
    name: "mail",
    waiting: 0,
    oldestAt: null,
    late: false,
  });
});

test("a job that was renamed is red for a day, then it is none", async () => {
  const state = async (hours: number) =>
    (await look(w.later(hours))).jobs.find((job) => job.name === "flaky")?.state;
  expect([await state(23), await state(25)]).toEqual(["overdue", undefined]);
});

test("is not well when nobody takes what is due", async () => {
  const soon = w.later(11 / 60);
  await check(soon);
  await runOnce(soon, { name: "flaky", everyMs: 1000, run: async () => "fine" }, fail);
  const late = async () => {
    const { ok, queues } = await look(soon);
    return [ok, queues.filter((queue) => queue.late).map((queue) => queue.name)];
  };
  expect(await late()).toEqual([true, []]);
  await queueMail(core.client, { to: "someone@nowhere.test", subject: "Hello", text: "…" });
  expect(await late()).toEqual([false, ["mail"]]);
  await core.client`update mail set sent_at = clock_now()`;
  await core.client`insert into webhook (id, owner, url, description, secret, created_at)
    values ('wh_slow', ${agent.userId}, 'https://hooks.example.com', '', '', clock_now())`;
  await core.client`insert into delivery (webhook_id, next_at, created_at) values ('wh_slow', clock_now(), clock_now())`;
  expect(await late()).toEqual([false, ["webhooks"]]);
  await core.client`update webhook set failing_since = clock_now()`;
  expect(await late()).toEqual([true, []]);
  await core.client`delete from delivery`;
  await check();
});

test("only one process checks at a time", async () => {
  const before = (await look()).invariants.checkedAt;
  await core.client.begin(async (tx) => {
    await tx`select pg_advisory_xact_lock(730016)`;
    await check(w.later(0));
  });
  const { invariants, jobs } = await look();
  expect(invariants.checkedAt).toBe(before);
  expect(jobs.find((job) => job.name === "health")?.note).toBe("another process was checking");
});

test("a broken invariant is named, reported and red", async () => {
  const taskId = await taskAt(w, "open", agent, human);
  await core.client`insert into transfer (id, kind, from_account, to_account, amount, task_id, seq, created_at)
    values ('tx_odd', 'escrow_refund', ${`${agent.userId}:held`}, ${`${agent.userId}:available`}, 150000000,
      ${taskId}, 1, clock_now())`;
  const errors: unknown[] = [];
  await check(core, (error) => errors.push(error));
  expect(errors).toEqual([new Error("broken invariants: held (1), settlements (1)")]);
  const { ok, invariants, jobs } = await look();
  expect(ok).toBe(false);
  expect(invariants.views.filter((view) => view.rows > 0)).toEqual([
    { name: "held", rows: 1 },
    { name: "settlements", rows: 1 },
  ]);
  expect(jobs.find((job) => job.name === "health")).toMatchObject({
    state: "failed",
    note: "broken: held (1), settlements (1)",
  });
});

testDeclared("get_health");
