/** Questions under contention: as many answers as places, one per human, and every cent accounted for. */

import { expect, test } from "vitest";
import type { Actor } from "../src/context.ts";
import { CLOCK } from "../src/context.ts";
import { brokenInvariants } from "../src/db/health.ts";
import { Refusal } from "../src/errors.ts";
import { sweep } from "../src/jobs/clock.ts";
import { answer, ask, check, claim } from "./ask.ts";
import { act, fail, openWorld } from "./world.ts";

const w = await openWorld();
const agent = await w.agent("Asker", 100_000);
const people = (n: number) => Promise.all(Array.from({ length: n }, (_, i) => w.human(`Human ${i}`)));

/** How many of these calls were done, and with what the others were refused. */
async function outcomes(calls: Promise<unknown>[]) {
  const codes = (await Promise.allSettled(calls)).map((o) => {
    if (o.status === "fulfilled") return "done";
    if (!(o.reason instanceof Refusal)) throw o.reason;
    return o.reason.code;
  });
  const count: Record<string, number> = {};
  for (const code of codes) count[code] = (count[code] ?? 0) + 1;
  return count;
}
const wealth = async (actor: Actor) => {
  const { balance, frozenBalance } = await w.core.call(actor, "get_wallet", {});
  return Math.round((balance + frozenBalance) * 1e6);
};

test("more people than places at once: each place is taken once, and nobody waits for nothing", async () => {
  const { questionId } = await ask(w.core, agent, { people: 5 });
  const all = await people(12);
  expect(await outcomes(all.map((human) => claim(w.core, human, questionId)))).toEqual({
    done: 5,
    QUESTION_FULL: 7,
  });
  const [row] = await w.core.client`
    select count(distinct human_id)::int as humans, count(*)::int as places from task
    where question_id = ${questionId} and status = 'assigned'`;
  expect(row).toEqual({ humans: 5, places: 5 });
});

test("a place that is locked for a moment is waited for, not called taken", async () => {
  const { questionId } = await ask(w.core, agent);
  const human = await w.human();
  let taken: Promise<unknown> = Promise.resolve();
  await w.core.client.begin(async (sql) => {
    await sql`select 1 from task where question_id = ${questionId} for no key update`;
    taken = claim(w.core, human, questionId);
    const waits = async () => (await w.core.client`select from pg_locks where not granted`).length;
    await Promise.race([expect.poll(waits).toBeGreaterThan(0), taken.catch(() => null)]);
  });
  await expect(taken).resolves.toMatchObject({ mine: { taskId: expect.any(String) } });
});

test("the same human many times at once gives one answer, and is paid once", async () => {
  const { questionId } = await ask(w.core, agent, { people: 9, reward: 4 });
  const human = await w.human();
  const calls = Array.from({ length: 8 }, (_, i) => answer(w.core, human, questionId, `Answer ${i}`));
  const { done, ...refused } = await outcomes(calls);
  expect(done).toBe(1);
  expect(refused.ALREADY_ANSWERED ?? 0).toBeGreaterThan(0);
  await sweep(w.core, fail);
  expect(await check(w.core, agent, questionId)).toMatchObject({ received: 1, cost: { spent: 4 } });
  expect((await w.core.call(human, "get_wallet", {})).balance).toBe(3.9996);
});

test("a human cannot hold more than three places, however many they take at once", async () => {
  const asked = await Promise.all(Array.from({ length: 8 }, () => ask(w.core, agent)));
  const human = await w.human();
  expect(await outcomes(asked.map((q) => claim(w.core, human, q.questionId)))).toEqual({
    done: 3,
    TOO_MANY_PLACES: 5,
  });
});

test("calling off against answers: what was answered is paid, the rest refunded, nothing in between", async () => {
  for (let round = 0; round < 6; round += 1) {
    const before = await wealth(agent);
    const { questionId } = await ask(w.core, agent, { people: 4, reward: 2 });
    const all = await people(4);
    const answers = all.map((human) => answer(w.core, human, questionId, "Yes."));
    const calls = round % 2 ? answers : answers.reverse();
    await outcomes([
      ...calls.slice(0, 2),
      act(w.core, agent, "cancel_question", { questionId }),
      ...calls.slice(2),
    ]);
    await sweep(w.core, fail);
    const stand = await check(w.core, agent, questionId);
    expect(["answered", "closed"]).toContain(stand.status);
    expect(stand.cost).toEqual({
      reward: 2,
      spent: 2 * stand.received,
      held: 0,
      refunded: 2 * (4 - stand.received),
    });
    expect(await wealth(agent)).toBe(before - stand.received * 2e6);
  }
});

test("calling off against giving back: the place is never offered again, its money never stuck", async () => {
  for (let round = 0; round < 6; round += 1) {
    const { questionId } = await ask(w.core, agent);
    const human = await w.human();
    const { mine } = await claim(w.core, human, questionId);
    const give = () => act(w.core, human, "give_up_task", { taskId: mine!.taskId, reason: "No." });
    const cancel = () => act(w.core, agent, "cancel_question", { questionId });
    await Promise.all(round % 2 ? [give(), cancel()] : [cancel(), give()]);
    await sweep(w.core, fail);
    expect(await check(w.core, agent, questionId)).toMatchObject({
      status: "closed",
      cost: { held: 0, refunded: 1 },
    });
  }
});

test("the end of the time against an answer: paid or refunded, one of the two", async () => {
  for (let round = 0; round < 6; round += 1) {
    const { questionId } = await ask(w.core, agent, { timeLimitMinutes: 5 });
    const human = await w.human();
    const { mine } = await claim(w.core, human, questionId);
    const late = w.later(0.1);
    const expire = () => late.call(CLOCK, "expire_task", { taskId: mine!.taskId });
    const send = () => answer(w.core, human, questionId, "Just in time.");
    const { done } = await outcomes(round % 2 ? [send(), expire()] : [expire(), send()]);
    expect(done).toBe(1);
    await sweep(late, fail);
    const { cost } = await check(late, agent, questionId);
    expect([cost.spent, cost.refunded].sort()).toEqual([0, 1]);
  }
});

test("a lapsing claim against its answer and against the next: one human has the place", async () => {
  for (let round = 0; round < 6; round += 1) {
    const { questionId } = await ask(w.core, agent, { timeLimitMinutes: 90 });
    const [slow, next] = (await people(2)) as [Actor, Actor];
    const { mine } = await claim(w.core, slow, questionId);
    const late = w.later(0.3);
    await outcomes([
      late.call(CLOCK, "lapse_claim", { taskId: mine!.taskId }),
      answer(late, slow, questionId, "Slow."),
      claim(late, next, questionId),
    ]);
    const [row] = await w.core.client`
      select status, human_id from task where question_id = ${questionId}`;
    expect(row?.human_id === slow.userId ? "submitted" : "assigned").toBe(row?.status);
  }
});

test("fifty people answer at once, all are paid, and the agent has fifty answers", async () => {
  const { questionId } = await ask(w.core, agent, {
    people: 50,
    reward: 0.5,
    answerSchema: { type: "boolean" },
  });
  const all = await people(50);
  expect(await outcomes(all.map((human, i) => answer(w.core, human, questionId, i % 10 !== 0)))).toEqual({
    done: 50,
  });
  await sweep(w.core, fail);
  const stand = await check(w.core, agent, questionId);
  expect(stand).toMatchObject({
    status: "answered",
    received: 50,
    cost: { spent: 25, held: 0, refunded: 0 },
  });
  expect(new Set(stand.answers.map((a) => a.humanId)).size).toBe(50);
  expect(stand.agreement).toEqual([
    { field: "answer", majority: true, count: 45, of: 50, share: 0.9, confidence: 0.79 },
  ]);
});

test("the same key from many connections at once asks once", async () => {
  const before = await wealth(agent);
  const asked = await Promise.all(Array.from({ length: 8 }, () => ask(w.core, agent, { people: 3 }, "once")));
  expect(new Set(asked.map((a) => a.questionId)).size).toBe(1);
  const [row] = await w.core.client`
    select count(*)::int as places from task where question_id = ${asked[0]!.questionId}`;
  expect(row?.places).toBe(3);
  expect(await wealth(agent)).toBe(before);
});

test("two questions that the wallet can pay only one of: one is asked whole, the other not at all", async () => {
  const poor = await w.agent("Poor"); // 500
  const count = await outcomes([1, 2].map(() => ask(w.core, poor, { people: 30, reward: 10 })));
  expect(count).toEqual({ done: 1, INSUFFICIENT_BALANCE: 1 });
});

test("the database refuses a second place of one human, another question, and a changed one", async () => {
  const { questionId } = await ask(w.core, agent, { people: 2 });
  const human = await w.human();
  await claim(w.core, human, questionId);
  const [free] = await w.core.client`
    select id, deadline from task where question_id = ${questionId} and status = 'open'`;
  const take = w.core.client`
    insert into task_event (task_id, seq, action, from_status, to_status, role, actor, clock_at, at)
    values (${free?.id}, 2, 'claim', 'open', 'assigned', 'human', ${human.userId}, ${free?.deadline}, clock_now())`;
  await expect(take).rejects.toThrow("task_one_place_each");
  const moved = w.core.client`update task set question_id = null where id = ${free?.id}`;
  await expect(moved).rejects.toThrow("not written by hand");
  for (const change of ["reward = 1", "people = 9", "question = 'x'", "answer_schema = '{}'"]) {
    const changed = w.core.client.unsafe(`update question set ${change} where id = '${questionId}'`);
    await expect(changed, change).rejects.toThrow("not written by hand");
  }
  await expect(w.core.client`delete from question`).rejects.toThrow("not written by hand");
  expect(await brokenInvariants(w.core.client)).toEqual([]);
});
