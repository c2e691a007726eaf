/** (2) Over HTTP: tool calls to the production server against the bare one; same database, same load, in turns. */

import { randomUUID } from "node:crypto";
import autocannon, { type Request, type Result } from "autocannon";
import { type Market, newTask } from "./market.ts";
import { type Pair, paired, type Round } from "./measure.ts";
import type { Running } from "./servers.ts";

const CONNECTIONS = 16;
const PAIRS = 5;
const WALLETS = 4000;
const TASKS = 2500;

export async function benchHttp(market: Market, production: Running, bare: Running): Promise<Pair[]> {
  const keys = await keysOf(market);
  let turn = 0;
  const load = (server: Running, amount: number, tool: string, input: object) => {
    const body = JSON.stringify({ tool, input });
    return under(server, amount, () => ({
      body,
      headers: {
        authorization: `Bearer ${keys[turn++ % keys.length]}`,
        "content-type": "application/json",
        "idempotency-key": randomUUID(),
      },
    }));
  };
  const wallet = (server: Running) => () => load(server, WALLETS, "get_wallet", {});
  const task = (server: Running) => () => load(server, TASKS, "create_task", newTask());
  return [
    await paired("get_wallet / bare server", 0.6, PAIRS, wallet(bare), wallet(production)),
    await paired("create_task / bare server", 0.6, PAIRS, task(bare), task(production)),
  ];
}

/** A key for each agent, so that two calls in flight seldom meet at one wallet or one limit. */
const keysOf = ({ core, agents }: Market): Promise<string[]> =>
  Promise.all(
    agents.map(async (agent) => {
      const permissions = ["tasks:write" as const, "wallet:read" as const];
      return (await core.call(agent, "create_api_key", { name: "bench", permissions })).key;
    }),
  );

async function under(
  server: Running,
  amount: number,
  next: () => { body: string; headers: Record<string, string> },
): Promise<Round> {
  const options = {
    url: server.url,
    connections: CONNECTIONS,
    amount,
    requests: [
      {
        setupRequest: (request: Request) => ({ ...request, method: "POST", path: "/api/v1/mcp", ...next() }),
      },
    ],
  };
  const times: number[] = [];
  const before = server.cpuSeconds();
  const start = performance.now();
  let end = start; // of the last reply: autocannon itself ends at its next full second
  const result = await new Promise<Result>((resolve, reject) => {
    autocannon(options, (error, all) => (error ? reject(error) : resolve(all))).on("response", (...reply) => {
      times.push(reply[3]);
      end = performance.now();
    });
  });
  const after = server.cpuSeconds();
  if (result["2xx"] !== amount) {
    const { non2xx, errors, timeouts } = result;
    throw new Error(
      `${server.url}: ${JSON.stringify({ non2xx, errors, timeouts })} of ${amount} calls failed.`,
    );
  }
  times.sort((a, b) => a - b);
  return {
    perSecond: (amount * 1000) / (end - start),
    p99Ms: times[Math.floor(times.length * 0.99)] ?? 0,
    cpuUs: before === null || after === null ? null : ((after - before) / amount) * 1e6,
  };
}
