/** A key's spending policy: no order of calls, however many at once, gets more out than its caps let through. */

import { randomUUID } from "node:crypto";
import fc from "fast-check";
import { expect, test } from "vitest";
import { authenticate } from "../src/auth/authenticate.ts";
import type { Input } from "../src/call.ts";
import type { Actor } from "../src/context.ts";
import { PERMISSIONS } from "../src/vocabulary.ts";
import { act, coffeeShops, openWorld, REASON, refused, taskAt } from "./world.ts";

const w = await openWorld({ poolSize: 6 });
const [agent, human] = [await w.agent("Rich", 1_000_000), await w.human()];

async function keyed(policy: Partial<Input<"create_api_key">>, owner = agent) {
  const permissions = [...PERMISSIONS];
  const { key, id } = await w.core.call(owner, "create_api_key", { name: "CI", permissions, ...policy });
  const actor = async (core = w.core): Promise<Actor> => (await authenticate(core, key, "10.0.0.1")).actor;
  return { id, actor: await actor(), again: actor };
}
const create = (as: Actor, budget: number, core = w.core) =>
  act(core, as, "create_task", coffeeShops({ budget }));

/** Lets budgets race for a cap; tells which got through. */
async function race(as: Actor, budgets: number[]): Promise<number[]> {
  const outcomes = await Promise.allSettled(budgets.map((budget) => create(as, budget)));
  return outcomes.flatMap((outcome, i) => {
    if (outcome.status === "fulfilled") return [budgets[i]!];
    expect(outcome.reason.code, String(outcome.reason?.stack)).toBe("SPENDING_CAP_EXCEEDED");
    return [];
  });
}
const sum = (budgets: number[]) => budgets.reduce((a, b) => a + b, 0);

test("a task above the key's cap is refused with both numbers, and nothing is locked", async () => {
  const { actor } = await keyed({ maxPerTask: 99.5 });
  const locked = async () => (await w.core.call(agent, "get_wallet", {})).frozenBalance;
  const before = await locked();
  const refusal = await refused("SPENDING_CAP_EXCEEDED", create(actor, 99.500001));
  expect(refusal).toMatchObject({ http: 403, facts: { cap: "maxPerTask", max: 99.5, budget: 99.500001 } });
  expect(await locked()).toBe(before);
  await create(actor, 99.5);
  await create(agent, 150); // the account's own limit is its wallet
});

test("of 20 tasks at once as many get through as the day's cap holds, and no more", async () => {
  const { actor } = await keyed({ maxPerDay: 70 });
  expect(await race(actor, Array(20).fill(10))).toHaveLength(7);
  const refusal = await refused("SPENDING_CAP_EXCEEDED", create(actor, 1));
  expect(refusal.facts).toEqual({ cap: "maxPerDay", max: 70, spent: 70, budget: 1 });
});

test("whatever is asked for at once, the sum stays within the cap, and no refusal was needless", async () => {
  const budgets = fc.array(fc.integer({ min: 1, max: 60 }), { minLength: 2, maxLength: 8 });
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 1, max: 150 }), budgets, async (maxPerDay, asked) => {
      const { actor } = await keyed({ maxPerDay }, await w.agent());
      const got = await race(actor, asked);
      expect(sum(got)).toBeLessThanOrEqual(maxPerDay);
      const refusedOnes = [...asked];
      for (const one of got) refusedOnes.splice(refusedOnes.indexOf(one), 1);
      for (const one of refusedOnes) expect(sum(got) + one).toBeGreaterThan(maxPerDay);
    }),
    { numRuns: 12 },
  );
});

test("a retry is no second spending, and gets its first reply though the cap is full", async () => {
  const { actor } = await keyed({ maxPerDay: 100 });
  const input = coffeeShops({ budget: 100 });
  const first = await act(w.core, actor, "create_task", input, "spend-once");
  await refused("SPENDING_CAP_EXCEEDED", create(actor, 1));
  expect(await act(w.core, actor, "create_task", input, "spend-once")).toEqual(first);
});

test("what comes back is free again, what is paid out is not, and after 24 hours all is", async () => {
  const { actor, again } = await keyed({ maxPerDay: 100 });
  const paid = await taskAt(w, "completed", actor, human, { budget: 40 });
  const { id: taskId } = await create(actor, 60);
  await refused("SPENDING_CAP_EXCEEDED", create(actor, 1));
  await act(w.core, actor, "cancel_task", { taskId });
  await create(actor, 60);
  expect((await w.core.call(agent, "get_task", { taskId: paid })).status).toBe("completed");
  const [soon, late] = [w.later(23.9), w.later(24.1)];
  await refused("SPENDING_CAP_EXCEEDED", create(await again(soon), 1, soon));
  await create(await again(late), 100, late);
});

test("each key has its own day, and a cap that is set later counts what the key spent before", async () => {
  const [one, two] = [await keyed({ maxPerDay: 50 }), await keyed({})];
  await create(two.actor, 200);
  await create(one.actor, 50);
  await w.core.call(agent, "update_api_key", { keyId: two.id, maxPerDay: 210 });
  const refusal = await refused("SPENDING_CAP_EXCEEDED", create(await two.again(), 11));
  expect(refusal.facts).toMatchObject({ spent: 200, max: 210 });
  await create(await two.again(), 10);
});

test("a cap that is lowered holds for the request that is already on its way", async () => {
  const { actor, id } = await keyed({ maxPerTask: 100 });
  await w.core.call(agent, "update_api_key", { keyId: id, maxPerTask: 10 });
  await refused("SPENDING_CAP_EXCEEDED", create(actor, 11));
});

test("which key posted a task cannot be rewritten", async () => {
  const { actor } = await keyed({});
  const { id } = await create(actor, 1);
  const [row] = await w.core.client`select key_id from task where id = ${id}`;
  expect(row?.key_id).toBe(actor.keyId);
  await expect(w.core.client`update task set key_id = null where id = ${id}`).rejects.toThrow("by hand");
});

test.each([
  [null, 100, 99, 100],
  [50, 100, 49, 50],
  [100, 50, 49, 50],
] as const)("platform %s, key %s: the stricter threshold asks", async (platform, key, below, from) => {
  const core = w.later(0, { confirmAbove: platform });
  const { actor } = await keyed({ confirmAbove: key });
  await create(actor, below, core);
  await refused("CONFIRMATION_REQUIRED", create(actor, from, core));
});

test("the key's threshold holds for all five, and a person's yes opens each", async () => {
  const { actor } = await keyed({ confirmAbove: 0 });
  const { userId: humanId } = human;
  const confirmed = async (tool: Input<"request_confirmation">["tool"], params: Record<string, unknown>) => {
    const idempotencyKey = randomUUID();
    await refused("CONFIRMATION_REQUIRED", w.core.call(actor, tool, params, { idempotencyKey }));
    const asked = { tool, params } as Input<"request_confirmation">;
    const { confirmationToken, ...pending } = await w.core.call(actor, "request_confirmation", asked);
    await refused(
      "CONFIRMATION_PENDING",
      w.core.call(actor, tool, { ...params, confirmationToken }, { idempotencyKey }),
    );
    const { confirmationId } = pending;
    await w.core.call(agent, "decide_confirmation", { confirmationId: confirmationId!, answer: "yes" });
    return w.core.call(actor, tool, { ...params, confirmationToken }, { idempotencyKey });
  };
  await confirmed("create_task", { ...coffeeShops() });
  await confirmed("cancel_task", { taskId: await taskAt(w, "open", agent, human) });
  await confirmed("select_applicant", { taskId: await taskAt(w, "applied", agent, human), humanId });
  await confirmed("approve_submission", { taskId: await taskAt(w, "submitted", agent, human) });
  await confirmed("reject_submission", {
    taskId: await taskAt(w, "submitted", agent, human),
    reason: REASON,
  });
});
