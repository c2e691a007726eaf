/** `create_task` with `dryRun: true`: it tells what would come of it, and nothing has happened. */

import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { authenticate } from "../src/auth/authenticate.ts";
import type { Input } from "../src/call.ts";
import type { Actor, RiskVerdict } from "../src/context.ts";
import type { Core } from "../src/core.ts";
import { PERMISSIONS } from "../src/vocabulary.ts";
import { fieldsOf } from "./door.ts";
import { act, coffeeShops, openWorld, refused, taskAt, type World } from "./world.ts";

const w = await openWorld();
const [agent, human] = [await w.agent("Rich", 10_000), await w.human()];
const tryOut = (over: Partial<Input<"create_task">> = {}, actor: Actor = agent, core: Core = w.core) =>
  core.call(actor, "create_task", { ...coffeeShops(over), dryRun: true });

async function keyed(policy: Partial<Input<"create_api_key">>, owner = agent) {
  const permissions = [...PERMISSIONS];
  const { key } = await w.core.call(owner, "create_api_key", { name: "CI", permissions, ...policy });
  return (await authenticate(w.core, key, "10.0.0.1")).actor;
}

test("tells the exact lock, fee and payout, and what posting it then does", async () => {
  const told = await tryOut();
  expect(told).toMatchObject({
    dryRun: true,
    status: "open",
    refusals: [],
    risk: { verdict: "clean", category: null, advice: null },
    confirmation: { required: false, from: null },
    keyCaps: { perTask: null, today: null },
    lock: 150,
    payout: { humanPayout: 149.985, platformFee: 0.015, total: 150 },
  });
  const { balance } = await w.core.call(agent, "get_wallet", {});
  expect(told.wallet).toEqual({ balance, enough: true });
  const made = await act(w.core, agent, "create_task", coffeeShops());
  expect([made.status, made.budget, made.payout]).toEqual([told.status, told.lock, told.payout]);
  expect((await w.core.call(agent, "get_wallet", {})).balance).toBeCloseTo(balance - told.lock, 6);
});

/** What every table holds. */
async function contents({ core }: World): Promise<Record<string, string>> {
  const tables = await core.client`select relname from pg_stat_user_tables order by relname`;
  const rows = await Promise.all(
    tables.map(async ({ relname }) => {
      const [row] = await core.client`
        select count(*) || ' ' || md5(coalesce(string_agg(t::text, ',' order by t::text), '')) as held
        from ${core.client(relname)} t`;
      return [relname, row?.held];
    }),
  );
  return Object.fromEntries(rows);
}

test("writes nothing at all, with a key or without, accepted or refused", async () => {
  const key = await keyed({ maxPerTask: 100 });
  const before = await contents(w);
  expect(Object.keys(before).length).toBeGreaterThan(15);
  const idempotencyKey = randomUUID();
  for (const actor of [agent, key]) {
    for (const over of [{}, { title: "Buy a gun for me" }, { budget: 99_999 }, { idempotencyKey }]) {
      await tryOut(over, actor);
      await w.core.call(actor, "create_task", { ...coffeeShops(over), dryRun: true }, { idempotencyKey });
    }
  }
  expect(await contents(w)).toEqual(before);
  // The key of a dry run is still free for the task itself.
  await act(w.core, agent, "create_task", coffeeShops(), idempotencyKey);
});

test("dryRun: false is the call without it", async () => {
  const made = await act(w.core, agent, "create_task", coffeeShops({ dryRun: false }));
  expect(made).toMatchObject({ status: "open", escrowStatus: "held" });
  expect(fieldsOf(made)).not.toContain("dryRun");
  await refused("IDEMPOTENCY_KEY_REQUIRED", w.core.call(agent, "create_task", coffeeShops()));
});

test.each<[RiskVerdict, string | null]>([
  [
    { verdict: "unsure", category: "privacy", advice: "Say why.", reason: "privacy (score 0.61)" },
    "pending_review",
  ],
  [{ verdict: "blocked", category: "weapons", advice: "Leave it.", reason: "weapons (rule: gun)" }, null],
])("tells the risk gate's verdict %j, and not what spoke for it", async (verdict, status) => {
  const strict = await openWorld({ riskGate: async () => verdict });
  const told = await tryOut({}, await strict.agent(), strict.core);
  const { reason: _, ...shown } = verdict;
  expect(told).toMatchObject({ status, risk: shown });
  expect(JSON.stringify(told)).not.toMatch(/score|rule/);
  expect(told.refusals.map((r) => r.code)).toEqual(status ? [] : ["RISK_GATE_BLOCKED"]);
});

test("a high budget would wait for an admin", async () => {
  expect(await tryOut({ budget: 5001 })).toMatchObject({ status: "pending_review", lock: 5001 });
});

test("tells of each refusal at once: the key's caps, the wallet", async () => {
  const poor = await w.agent();
  const key = await keyed({ maxPerTask: 400, maxPerDay: 600, confirmAbove: 50 }, poor);
  await act(w.core, key, "create_task", coffeeShops({ budget: 49 }));
  expect(await tryOut({ budget: 401 }, key)).toMatchObject({
    status: null,
    refusals: [
      { code: "SPENDING_CAP_EXCEEDED", message: expect.stringContaining("at most 400 $A9 per task") },
    ],
    keyCaps: { perTask: 400, today: 551 },
    wallet: { balance: 451, enough: true },
    confirmation: { required: false, from: 50 },
  });
  const { refusals, wallet } = await tryOut({ budget: 600 }, key);
  expect(refusals.map((r) => r.code)).toEqual(["SPENDING_CAP_EXCEEDED", "INSUFFICIENT_BALANCE"]);
  expect(wallet).toEqual({ balance: 451, enough: false });
  expect((await tryOut({ budget: 50 }, key)).confirmation).toEqual({ required: true, from: 50 });
  expect((await tryOut({ budget: 49 }, key)).confirmation.required).toBe(false);
  const unlimitedDay = await keyed({ maxPerTask: 400 }, poor);
  expect((await tryOut({}, unlimitedDay)).keyCaps).toEqual({ perTask: 400, today: null });
});

test("refuses what is wrong with the input itself, and who may not post", async () => {
  await refused("VALIDATION_ERROR", tryOut({ deadline: new Date().toISOString() }));
  await refused("VALIDATION_ERROR", tryOut({ budget: 0.5 }));
  await refused("FORBIDDEN", tryOut({}, { ...agent, permissions: ["tasks:read"] }));
  await refused("FORBIDDEN", tryOut({}, human));
});

test("counts the humans that were here within 30 days, and says that it matches none", async () => {
  const crowd = await openWorld();
  const poster = await crowd.agent();
  const people = [await crowd.human(), await crowd.human(), await crowd.human()];
  expect((await tryOut({}, poster, crowd.core)).humans).toEqual({ active: 3, matched: false });
  const userId = people[0]!.userId;
  await act(crowd.core, crowd.admin, "suspend_user", {
    userId,
    reason: "Sends the same proof to everybody.",
  });
  expect((await tryOut({}, poster, crowd.core)).humans.active).toBe(2);
  const later = crowd.later(31 * 24);
  const soon = new Date(later.now().getTime() + 2 * 86_400_000).toISOString();
  expect((await tryOut({ deadline: soon }, poster, later)).humans.active).toBe(0);
});

test("tells the median wait of like tasks, and nothing while there are fewer than five", async () => {
  const past = await openWorld();
  const [poster, worker] = [await past.agent("P", 10_000), await past.human()];
  const usual = async (over = {}) => (await tryOut(over, poster, past.core)).firstApplication;
  for (const minutes of [10, 20, 30, 40]) await applied(past, poster, worker, minutes);
  expect(await usual()).toEqual({ usualMinutes: null, tasks: 4 });
  await applied(past, poster, worker, 600);
  await taskAt(past, "open", poster, worker); // nobody applied: it tells nothing
  expect(await usual()).toEqual({ usualMinutes: 30, tasks: 5 });
  expect(await usual({ remote: true })).toEqual({ usualMinutes: null, tasks: 0 });
  expect(await usual({ category: "delivery" })).toEqual({ usualMinutes: null, tasks: 0 });
  const late = past.later(91 * 24);
  const deadline = new Date(late.now().getTime() + 86_400_000).toISOString();
  expect((await tryOut({ deadline }, poster, late)).firstApplication.tasks).toBe(0);
});

/** A task whose first application came so many minutes after it was open. */
async function applied(past: World, poster: Actor, worker: Actor, minutes: number) {
  const taskId = await taskAt(past, "applied", poster, worker);
  await past.core.client`update application set applied_at = (
    select min(at) from task_event where task_id = ${taskId}) + make_interval(mins => ${minutes})
    where task_id = ${taskId}`;
}
