/** Random histories with time travel, against the model: every outcome, every balance, every invariant. */

import fc from "fast-check";
import { expect, test } from "vitest";
import { type Actor, newId } from "../src/context.ts";
import { brokenInvariants } from "../src/db/health.ts";
import { PERMISSIONS } from "../src/vocabulary.ts";
import { Play, STEPS, type Step } from "./play.ts";
import { openWorld } from "./world.ts";

const HOUR = 3_600_000;
// One connection, so that the clock of the session is the clock of the world.
const w = await openWorld({ poolSize: 1 });
const { core } = w;
let ahead = 0;
core.now = () => new Date(Date.now() + ahead);

async function jump(hours: number) {
  ahead += hours * HOUR;
  await core.client`select set_config('h2a.clock_offset', ${`${Math.round(ahead)} milliseconds`}, false)`;
}

async function someone(role: "agent" | "human", money: bigint): Promise<Actor> {
  const id = newId("user", core.now());
  await core.client`insert into app_user (id, role, email, password_hash, display_name, created_at)
    values (${id}, ${role}, ${`${id}@example.com`}, '-', ${role}, clock_now())`;
  await core.client`insert into account (id, owner, kind, balance) values
    (${`${id}:available`}, ${id}, 'available', 0), (${`${id}:held`}, ${id}, 'held', 0)`;
  if (money > 0n) {
    await core.client`insert into transfer (id, kind, from_account, to_account, amount, created_at)
      values (${newId("tx", core.now())}, 'deposit', 'world', ${`${id}:available`}, ${money.toString()}, clock_now())`;
  }
  return {
    role,
    userId: id,
    name: role,
    permissions: PERMISSIONS,
    via: "id_token",
    keyId: null,
    sessionId: null,
    ip: null,
    signedInAt: null,
  };
}

const history = fc.array(
  fc.record<Step>({
    does: fc.constantFrom(...STEPS),
    who: fc.nat(2),
    task: fc.nat(2),
    n: fc.nat(1000),
  }),
  { minLength: 30, maxLength: 30 },
);

test("random histories end as the model says, and nothing is lost or made", async () => {
  const count: Record<string, number> = {};
  await fc.assert(
    fc.asyncProperty(history, async (steps) => {
      const agents = [await someone("agent", 12_000_000_000n), await someone("agent", 700_000_000n)];
      const humans = [await someone("human", 0n), await someone("human", 0n), await someone("human", 0n)];
      const play = new Play({ core, admin: w.admin, jump }, agents, humans, count);
      for (const step of steps) await play.step(step);
      await play.compare();
      expect(await brokenInvariants(core.client)).toEqual([]);
      const [sums] = await core.client`
        select (select sum(balance) from account)::bigint as held,
          (select coalesce(sum(amount), 0) from transfer where to_account = 'fees')::bigint as fees,
          (select sum(case when from_account = 'world' then amount when to_account = 'world' then -amount else 0 end)
            from transfer)::bigint as deposited`;
      expect(BigInt(sums?.held) + BigInt(sums?.fees)).toBe(BigInt(sums?.deposited));
    }),
    { seed: 20_261_120, numRuns: 60, endOnFailure: true },
  );
  // A history that never reaches a step proves nothing about it.
  for (const does of new Set(STEPS.filter((s) => !["jump", "sweep", "replay"].includes(s)))) {
    expect(count[`${does} taken`], `${does}: ${JSON.stringify(count)}`).toBeGreaterThan(0);
    expect(count[`${does} refused`], `${does}: ${JSON.stringify(count)}`).toBeGreaterThan(0);
  }
}, 60_000);
