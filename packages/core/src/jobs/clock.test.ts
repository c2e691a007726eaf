import { expect, test } from "vitest";
import { act, coffeeShops, fail, openWorld, REASON, refused, taskAt } from "../../test/world.ts";
import type { Actor } from "../context.ts";
import type { Core } from "../core.ts";
import { clockJob, sweep } from "./clock.ts";
import { startJobs } from "./runner.ts";

const w = await openWorld();
const DAY = 24;
const someone = async (): Promise<[Actor, Actor]> => [await w.agent("Rich", 10_000), await w.human()];
const look = (taskId: string) => w.core.call(w.admin, "get_task", { taskId });
const money = async (actor: Actor) => {
  const { balance, frozenBalance } = await w.core.call(actor, "get_wallet", {});
  return [balance, frozenBalance];
};

test.each(["pending_review", "open", "applied", "assigned"] as const)(
  "a task that is %s at its deadline is refunded",
  async (stage) => {
    const [agent, human] = await someone();
    const taskId = await taskAt(w, stage, agent, human);
    await sweep(w.later(71.9), fail);
    expect((await look(taskId)).history.at(-1)?.action).not.toBe("expire");
    await sweep(w.later(72.1), fail);
    expect(await look(taskId)).toMatchObject({
      status: "expired",
      closedReason: "deadline",
      history: expect.arrayContaining([expect.objectContaining({ action: "expire", by: "clock" })]),
    });
    expect(await money(agent)).toEqual([10_500, 0]);
  },
);

test.each([
  [true, 72],
  [false, 14 * DAY],
])("silence pays the human: autoApprove %s after %d hours", async (autoApprove, hours) => {
  const [agent, human] = await someone();
  const taskId = await taskAt(w, "submitted", agent, human, { autoApprove });
  const task = await look(taskId);
  expect(task.nextAction).toBe("approve");
  const wait = new Date(task.nextAt!).getTime() - new Date(task.submittedAt!).getTime();
  expect(wait).toBe(hours * 3_600_000);
  await sweep(w.later(hours - 0.1), fail);
  expect((await look(taskId)).status).toBe("submitted");
  await sweep(w.later(hours + 0.1), fail);
  expect(await look(taskId)).toMatchObject({ status: "completed", escrow: { status: "released" } });
  expect(await money(human)).toEqual([149.985, 0]);
});

test("a rejection that nobody disputes is closed after seven days, a disputed one never", async () => {
  const [agent, human] = await someone();
  const closed = await taskAt(w, "rejected_by_agent", agent, human);
  const disputed = await taskAt(w, "disputed", agent, human);
  await sweep(w.later(7 * DAY - 0.1), fail);
  expect((await look(closed)).status).toBe("rejected_by_agent");
  await sweep(w.later(7 * DAY + 0.1), fail);
  expect(await look(closed)).toMatchObject({ status: "expired", closedReason: "rejected" });
  await sweep(w.later(400 * DAY), fail);
  expect((await look(disputed)).status).toBe("disputed");
});

test("a resubmission starts the review anew", async () => {
  const [agent, human] = await someone();
  const taskId = await taskAt(w, "rejected_by_agent", agent, human);
  await act(w.later(6 * DAY), human, "submit_proof", { taskId, text: "Now complete." });
  await sweep(w.later(19 * DAY), fail);
  expect((await look(taskId)).status).toBe("submitted");
  await sweep(w.later(21 * DAY), fail);
  expect((await look(taskId)).status).toBe("completed");
});

test("the terms of a task are those of its day, whatever the settings become", async () => {
  const [agent, human] = await someone();
  const taskId = await taskAt(w, "submitted", agent, human);
  const rejected = await taskAt(w, "rejected_by_agent", agent, human);
  const changed = {
    platformFeeBps: 500,
    reviewDays: 1,
    autoApproveHours: 1,
    disputeDays: 1,
    maxApplications: 1,
  };
  await sweep(w.later(3 * DAY, changed), fail);
  expect((await look(taskId)).status).toBe("submitted");
  expect((await look(rejected)).status).toBe("rejected_by_agent");
  const done = await act(w.later(3 * DAY, changed), agent, "approve_submission", { taskId });
  expect(done.payment).toEqual({ humanPayout: 149.985, platformFee: 0.015, total: 150 });
  const fresh = await act(w.later(0, changed), agent, "create_task", coffeeShops());
  expect(fresh).toMatchObject({ payout: { platformFee: 7.5 }, maxApplications: 1 });
});

const tooLate: [
  string,
  Parameters<typeof taskAt>[1],
  number,
  (c: Core, a: Actor, h: Actor, t: string) => unknown,
][] = [
  [
    "select",
    "applied",
    73,
    (c, a, h, taskId) => act(c, a, "select_applicant", { taskId, humanId: h.userId }),
  ],
  ["submit", "assigned", 73, (c, _, h, taskId) => act(c, h, "submit_proof", { taskId, text: "x" })],
  ["give up", "assigned", 73, (c, _, h, taskId) => act(c, h, "give_up_task", { taskId, reason: "x" })],
  [
    "reject",
    "submitted",
    15 * DAY,
    (c, a, _, taskId) => act(c, a, "reject_submission", { taskId, reason: REASON }),
  ],
  [
    "resubmit",
    "rejected_by_agent",
    8 * DAY,
    (c, _, h, taskId) => act(c, h, "submit_proof", { taskId, text: "x" }),
  ],
  [
    "dispute",
    "rejected_by_agent",
    8 * DAY,
    (c, _, h, taskId) => act(c, h, "open_dispute", { taskId, reason: REASON }),
  ],
  ["apply", "open", 73, (c, _, h, taskId) => act(c, h, "apply_to_task", { taskId, message: "x" })],
];
test.each(tooLate)(
  "it is too late to %s once the term is over, though no sweep came yet",
  async (_, stage, hours, go) => {
    const [agent, human] = await someone();
    const taskId = await taskAt(w, stage, agent, human);
    const late = w.later(hours);
    const before = await look(taskId);
    await refused("DEADLINE_PASSED", Promise.resolve(go(late, agent, human, taskId)));
    expect(await look(taskId)).toEqual(before);
  },
);

test("what leads to the clock's own end is still taken late", async () => {
  const [agent, human] = await someone();
  const submitted = await taskAt(w, "submitted", agent, human);
  await act(w.later(15 * DAY), agent, "approve_submission", { taskId: submitted });
  const open = await taskAt(w, "open", agent, human);
  await act(w.later(73), agent, "cancel_task", { taskId: open });
  expect((await look(open)).closedReason).toBe("cancelled");
});

test("a second sweep finds nothing left to do", async () => {
  const [agent, human] = await someone();
  await taskAt(w, "open", agent, human);
  const late = w.later(73);
  expect(await sweep(late, fail)).toBeGreaterThan(0);
  expect(await sweep(late, fail)).toBe(0);
});

test("a task that cannot be moved does not hold up the others", async () => {
  const odd = await openWorld({}, ["held", "settlements"]);
  const [agent, human] = [await odd.agent(), await odd.human()];
  const [stuck, fine] = [await taskAt(odd, "open", agent, human), await taskAt(odd, "open", agent, human)];
  await odd.core
    .client`insert into transfer (id, kind, from_account, to_account, amount, task_id, seq, created_at)
    values ('tx_odd', 'escrow_refund', ${`${agent.userId}:held`}, ${`${agent.userId}:available`}, 150000000,
      ${stuck}, 1, clock_now())`;
  expect(await sweep(odd.later(73), fail)).toBe(1);
  expect((await odd.core.call(agent, "get_task", { taskId: fine })).status).toBe("expired");
});

test("runs by itself, reports a sweep that fails, goes on, and stops", async () => {
  const [agent, human] = await someone();
  const taskId = await taskAt(w, "open", agent, human);
  const late = w.later(73);
  const errors: unknown[] = [];
  const real = late.client;
  late.client = (() => Promise.reject(new Error("no database"))) as never;
  const stop = startJobs(late, [clockJob(5)], (error) => errors.push(error));
  await expect.poll(() => errors.length).toBeGreaterThan(1);
  late.client = real;
  await expect.poll(async () => (await look(taskId)).status).toBe("expired");
  await stop();
  const [run] = await w.core.client`select ok_at, failure from job_run where name = 'clock'`;
  expect(run?.ok_at).not.toBeNull();
  const later = await taskAt(w, "open", agent, human);
  await new Promise((resolve) => setTimeout(resolve, 50));
  expect((await look(later)).status).toBe("open");
});

test("a task that fails is reported, and those behind it still move", async () => {
  const [agent, human] = await someone();
  const [broken, sound] = [await taskAt(w, "open", agent, human), await taskAt(w, "open", agent, human)];
  const late = w.later(73);
  const { call } = late;
  late.call = ((actor: Actor, name: string, input: { taskId: string }) =>
    input.taskId === broken
      ? Promise.reject(new Error("disk on fire"))
      : call(actor, name, input)) as Core["call"];
  const errors: unknown[] = [];
  await sweep(late, (error) => errors.push(error));
  expect(errors).toEqual([new Error("disk on fire")]);
  expect((await look(sound)).status).toBe("expired");
  expect((await look(broken)).status).toBe("open");
});

test("who waited for a task that closed is told so", async () => {
  const [agent, human] = await someone();
  const taskId = await taskAt(w, "applied", agent, human);
  await act(w.core, agent, "cancel_task", { taskId });
  const { applications } = await w.core.call(human, "list_my_applications", {});
  expect(applications[0]).toMatchObject({ taskId, status: "rejected" });
});
