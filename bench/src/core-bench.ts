/** (1) In core: money tools and a read against a raw prepared single-row UPDATE, same driver, pool and load. */

import { randomUUID } from "node:crypto";
import { type Market, newTask, submittedTasks } from "./market.ts";
import { type Pair, paired, round } from "./measure.ts";

const IN_FLIGHT = 16;
const PAIRS = 5;
const OPS = 2000;

export async function benchCore(market: Market): Promise<Pair[]> {
  const { core, agents } = market;
  const raw = () =>
    round(2 * OPS, IN_FLIGHT, () => {
      const id = 1 + Math.floor(Math.random() * 100_000);
      return core.client`update bench_row set n = n + 1 where id = ${id}`;
    });
  const agent = (i: number) => agents[i % agents.length]!;
  const create = () =>
    round(OPS, IN_FLIGHT, (i) =>
      core.call(agent(i), "create_task", newTask(), { idempotencyKey: randomUUID() }),
    );
  const ready = await submittedTasks(market, OPS * (PAIRS + 1));
  const approve = () =>
    round(OPS, IN_FLIGHT, () => {
      const { taskId, agent } = ready.pop()!;
      return core.call(agent, "approve_submission", { taskId }, { idempotencyKey: randomUUID() });
    });
  const wallet = () => round(2 * OPS, IN_FLIGHT, (i) => core.call(agent(i), "get_wallet", {}));
  return [
    await paired("create_task / raw UPDATE", 0.3, PAIRS, raw, create),
    await paired("approve_submission / raw UPDATE", 0.35, PAIRS, raw, approve),
    await paired("get_wallet / raw UPDATE", null, PAIRS, raw, wallet),
  ];
}
