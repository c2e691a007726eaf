/** N at once, one winner, and a clear 409 for each loser. */

import { randomUUID } from "node:crypto";
import { afterAll, expect, test } from "vitest";
import { type Actor, CLOCK } from "../src/context.ts";
import type { Core } from "../src/core.ts";
import { Refusal } from "../src/errors.ts";
import { sweep } from "../src/jobs/clock.ts";
import { asProgram, coffeeShops, fail, openWorld, REASON, taskAt } from "./world.ts";

const w = await openWorld({ poolSize: 6 });
const [agent, human] = [await w.agent("Rich", 100_000), await w.human()];
const humans = await Promise.all(Array.from({ length: 20 }, () => w.human()));
const late = w.later(73);

type Attempt = [core: Core, actor: Actor, tool: string, input: Record<string, unknown>];
const go = ([core, actor, tool, input]: Attempt) =>
  core.call(actor, tool, input, { idempotencyKey: randomUUID() });

/** Runs all at once; tells which won, and holds every loser to a refusal with one of these codes. */
async function race(attempts: Attempt[], losersGet: string[]): Promise<number[]> {
  const outcomes = await Promise.allSettled(attempts.map(go));
  const winners: number[] = [];
  for (const [i, outcome] of outcomes.entries()) {
    if (outcome.status === "fulfilled") {
      winners.push(i);
      continue;
    }
    expect(outcome.reason, String(outcome.reason?.stack)).toBeInstanceOf(Refusal);
    expect(losersGet).toContain(outcome.reason.code);
    expect(outcome.reason.http).toBe(409);
  }
  return winners;
}
const times = <T>(n: number, make: (i: number) => T): T[] => Array.from({ length: n }, (_, i) => make(i));
const look = (taskId: string) => w.core.call(w.admin, "get_task", { taskId });

async function withApplicants(applicants: Actor[]): Promise<string> {
  const taskId = await taskAt(w, "open", agent, human);
  for (const a of applicants) await w.core.call(a, "apply_to_task", { taskId, message: "Me." });
  return taskId;
}

test("of 20 selections of different humans one wins", async () => {
  const taskId = await withApplicants(humans);
  const attempts = humans.map(
    (h): Attempt => [w.core, agent, "select_applicant", { taskId, humanId: h.userId }],
  );
  const [winner, ...more] = await race(attempts, ["INVALID_STATUS"]);
  expect(more).toEqual([]);
  expect(await look(taskId)).toMatchObject({ status: "assigned", humanId: humans[winner!]?.userId });
  const { applications } = await w.core.call(agent, "list_applicants", { taskId });
  expect(applications.filter((a) => a.status === "accepted")).toHaveLength(1);
  expect(applications.filter((a) => a.status === "rejected")).toHaveLength(19);
});

test("of 20 approvals with different keys one pays", async () => {
  const taskId = await taskAt(w, "submitted", agent, human);
  const before = await w.core.call(human, "get_wallet", {});
  const attempts = times(20, (): Attempt => [w.core, agent, "approve_submission", { taskId }]);
  expect(await race(attempts, ["INVALID_STATUS"])).toHaveLength(1);
  const after = await w.core.call(human, "get_wallet", {});
  expect(after.balance - before.balance).toBeCloseTo(149.985, 6);
});

test("approve, reject and the clock: one decides", async () => {
  const over = w.later(15 * 24);
  for (let i = 0; i < 5; i++) {
    const taskId = await taskAt(w, "submitted", agent, human);
    const attempts: Attempt[] = [
      [w.core, agent, "approve_submission", { taskId }],
      [w.core, agent, "reject_submission", { taskId, reason: REASON }],
      [over, CLOCK, "approve_submission", { taskId }],
      [over, agent, "approve_submission", { taskId }],
    ];
    const [winner, ...more] = await race(attempts, ["INVALID_STATUS"]);
    expect(more).toEqual([]);
    expect((await look(taskId)).status).toBe(winner === 1 ? "rejected_by_agent" : "completed");
  }
});

test("cancel and select: one wins, and the money is where the winner left it", async () => {
  for (let i = 0; i < 5; i++) {
    const taskId = await taskAt(w, "applied", agent, human);
    const attempts: Attempt[] = [
      [w.core, agent, "cancel_task", { taskId }],
      [w.core, agent, "select_applicant", { taskId, humanId: human.userId }],
    ];
    const [winner, ...more] = await race(i % 2 ? attempts : attempts.reverse(), ["INVALID_STATUS"]);
    expect(more).toEqual([]);
    const cancelled = (i % 2 === 1) === (winner === 0);
    expect(await look(taskId)).toMatchObject(
      cancelled
        ? { status: "expired", escrow: { status: "refunded" } }
        : { status: "assigned", escrow: { status: "held" } },
    );
  }
});

test("submit and expire: one wins", async () => {
  for (let i = 0; i < 5; i++) {
    const taskId = await taskAt(w, "assigned", agent, human);
    const attempts: Attempt[] = [
      [w.core, human, "submit_proof", { taskId, text: "Done." }],
      [late, CLOCK, "expire_task", { taskId }],
    ];
    const [winner, ...more] = await race(attempts, ["INVALID_STATUS"]);
    expect(more).toEqual([]);
    expect((await look(taskId)).status).toBe(winner === 0 ? "submitted" : "expired");
  }
});

test("give up and submit: one wins", async () => {
  for (let i = 0; i < 5; i++) {
    const taskId = await taskAt(w, "assigned", agent, human);
    const attempts: Attempt[] = [
      [w.core, human, "submit_proof", { taskId, text: "Done." }],
      [w.core, human, "give_up_task", { taskId, reason: "Ill." }],
    ];
    const outcomes = await Promise.allSettled(attempts.map(go));
    const losers = outcomes.filter((o) => o.status === "rejected").map((o) => o.reason.code);
    // Who gave up is no party any more: to it the open task is somebody else's to do.
    expect(losers).toEqual([expect.stringMatching(/^(INVALID_STATUS|FORBIDDEN)$/)]);
  }
});

test("a balance that suffices for 3 of 50 tasks pays for exactly 3", async () => {
  const poor = await w.agent();
  const attempts = times(50, (): Attempt => [w.core, poor, "create_task", coffeeShops({ budget: 160 })]);
  expect(await race(attempts, ["INSUFFICIENT_BALANCE"])).toHaveLength(3);
  expect(await w.core.call(poor, "get_wallet", {})).toMatchObject({ balance: 20, frozenBalance: 480 });
  expect((await w.core.call(poor, "list_my_tasks", {})).pagination.totalItems).toBe(3);
});

test("the last place among the applicants goes to one", async () => {
  const small = w.later(0, { maxApplications: 5 });
  const { id: taskId } = await small.call(agent, "create_task", coffeeShops(), { idempotencyKey: "cap" });
  const attempts = humans.map((h): Attempt => [w.core, h, "apply_to_task", { taskId, message: "Me." }]);
  expect(await race(attempts, ["APPLICATIONS_FULL"])).toHaveLength(5);
  expect((await look(taskId)).applicantCount).toBe(5);
});

test("one human that applies ten times at once applies once", async () => {
  const taskId = await taskAt(w, "open", agent, human);
  const attempts = times(10, (): Attempt => [w.core, human, "apply_to_task", { taskId, message: "Me." }]);
  expect(await race(attempts, ["ALREADY_APPLIED"])).toHaveLength(1);
  expect((await look(taskId)).applicantCount).toBe(1);
});

test("withdraw and select: one wins", async () => {
  for (let i = 0; i < 5; i++) {
    const taskId = await taskAt(w, "applied", agent, human);
    const attempts: Attempt[] = [
      [w.core, human, "withdraw_application", { taskId }],
      [w.core, agent, "select_applicant", { taskId, humanId: human.userId }],
    ];
    const [winner, ...more] = await race(attempts, ["INVALID_STATUS", "NO_PENDING_APPLICATION"]);
    expect(more).toEqual([]);
    expect((await look(taskId)).status).toBe(winner === 0 ? "open" : "assigned");
  }
});

test("one confirmation confirms one of ten", async () => {
  const strict = w.later(0, { confirmAbove: 1 });
  const params = coffeeShops();
  const bot = asProgram(agent);
  const asked = await strict.call(bot, "request_confirmation", {
    tool: "create_task",
    params: { ...params } as Record<string, string | number | boolean | string[]>,
  });
  const { confirmationToken, confirmationId } = asked;
  await strict.call(agent, "decide_confirmation", { confirmationId: confirmationId!, answer: "yes" });
  const input = { ...params, confirmationToken };
  const outcomes = await Promise.allSettled(
    times(10, () => strict.call(bot, "create_task", input, { idempotencyKey: randomUUID() })),
  );
  expect(outcomes.filter((o) => o.status === "fulfilled")).toHaveLength(1);
  const losers = outcomes.filter((o) => o.status === "rejected").map((o) => o.reason.code);
  expect(new Set(losers)).toEqual(new Set(["CONFIRMATION_INVALID"]));
});

test("one file becomes part of one of two proofs", async () => {
  const file = await w.core.call(human, "upload_file", { name: "a.txt", bytes: Buffer.from("proof") });
  const tasks = [await taskAt(w, "assigned", agent, human), await taskAt(w, "assigned", agent, human)];
  const outcomes = await Promise.allSettled(
    tasks.map((taskId) => w.core.call(human, "submit_proof", { taskId, text: "Done.", fileIds: [file.id] })),
  );
  const losers = outcomes.filter((o) => o.status === "rejected").map((o) => o.reason.code);
  expect(losers).toEqual(["FILE_NOT_FOUND"]);
});

test("payments between the same agents and humans in all directions at once all go through", async () => {
  const [posters, workers] = [[agent, await w.agent("B", 10_000)], humans.slice(0, 3)];
  const tasks = await Promise.all(
    times(24, (i) => taskAt(w, "submitted", posters[i % 2]!, workers[i % 3]!, { budget: 10 })),
  );
  const attempts = tasks.flatMap((taskId, i): Attempt[] => [
    [w.core, posters[i % 2]!, "approve_submission", { taskId }],
    [w.core, posters[i % 2]!, "create_task", coffeeShops({ budget: 10 })],
  ]);
  expect(await race(attempts, [])).toHaveLength(48);
});

test("two clocks that sweep at once move each task once", async () => {
  const tasks = await Promise.all(times(30, () => taskAt(w, "open", agent, human, { budget: 5 })));
  const other = w.later(73);
  const moved = await Promise.all([sweep(late, fail), sweep(other, fail)]);
  const rest = await sweep(late, fail);
  expect(moved[0]! + moved[1]!).toBeGreaterThanOrEqual(tasks.length);
  expect(rest).toBe(0);
  for (const taskId of tasks) {
    const { history } = await look(taskId);
    expect(history.map((h) => h.action)).toEqual(["create", "expire"]);
  }
});

afterAll(async () => {
  const [row] = await w.core.client`
    select deadlocks::int from pg_stat_database where datname = current_database()`;
  expect(row?.deadlocks).toBe(0);
});
