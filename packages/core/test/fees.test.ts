import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { toAmount, toMicro } from "../src/codecs.ts";
import { split } from "../src/ledger.ts";
import { act, openWorld, taskAt } from "./world.ts";

test("payout and fee are the budget, and the fee is rounded down", () => {
  const budget = fc.bigInt({ min: 1_000_000n, max: 100_000_000_000n });
  fc.assert(
    fc.property(budget, fc.integer({ min: 0, max: 9_999 }), (amount, bps) => {
      const { fee, payout } = split(amount, bps);
      expect(fee + payout).toBe(amount);
      expect(fee * 10_000n).toBeLessThanOrEqual(amount * BigInt(bps));
      expect((fee + 1n) * 10_000n).toBeGreaterThan(amount * BigInt(bps));
      expect(payout).toBeGreaterThan(0n);
    }),
    { seed: 1 },
  );
});

test("an amount survives the way to the wire and back", () => {
  fc.assert(
    fc.property(fc.bigInt({ min: 0n, max: 1_000_000_000_000_000n }), (micro) => {
      const wire = JSON.parse(JSON.stringify(toAmount(micro)));
      expect(toMicro(wire)).toBe(micro);
    }),
    { seed: 2 },
  );
});

describe.each([
  [0, 150, { humanPayout: 150, platformFee: 0, total: 150 }],
  [0, 1.000001, { humanPayout: 1.000001, platformFee: 0, total: 1.000001 }],
  [1, 150, { humanPayout: 149.985, platformFee: 0.015, total: 150 }],
  [1, 1, { humanPayout: 0.9999, platformFee: 0.0001, total: 1 }],
  [1, 1.000001, { humanPayout: 0.999901, platformFee: 0.0001, total: 1.000001 }],
  [1, 1.009999, { humanPayout: 1.009899, platformFee: 0.0001, total: 1.009999 }],
  [500, 150, { humanPayout: 142.5, platformFee: 7.5, total: 150 }],
  [500, 1.000001, { humanPayout: 0.950001, platformFee: 0.05, total: 1.000001 }],
])("at %d basis points, %d $A9", (platformFeeBps, budget, payment) => {
  test("is paid out to the micro-unit", async () => {
    const w = await openWorld({ settings: { platformFeeBps } });
    const [agent, human] = [await w.agent(), await w.human()];
    const taskId = await taskAt(w, "submitted", agent, human, { budget });
    expect((await w.core.call(agent, "get_task", { taskId })).payout).toEqual(payment);
    expect((await act(w.core, agent, "approve_submission", { taskId })).payment).toEqual(payment);
    const paid = await w.core.client<{ kind: string; amount: string }[]>`
      select kind, amount::text from transfer where task_id = ${taskId} and kind <> 'escrow_lock' order by kind`;
    const expected = [{ kind: "escrow_release", amount: String(toMicro(payment.humanPayout)) }];
    if (payment.platformFee > 0) {
      expected.push({ kind: "platform_fee", amount: String(toMicro(payment.platformFee)) });
    }
    expect([...paid]).toEqual(expected);
    expect((await w.core.call(human, "get_wallet", {})).balance).toBe(payment.humanPayout);
    expect(await w.core.call(agent, "get_wallet", {})).toMatchObject({
      frozenBalance: 0,
      totalSpent: budget,
    });
  });
});
