/** (3) The stdio package: from spawn to the answer of tools/list, its memory, and what an install weighs. */

import { spawn, spawnSync } from "node:child_process";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { median } from "./measure.ts";
import { type Running, residentMb } from "./servers.ts";

const RUNS = 15;
const path = (relative: string) => fileURLToPath(new URL(relative, import.meta.url));
const PACKAGE = path("../../packages/mcp");

/** Reads a line and answers: what no stdio server in Node can do without. */
const BARE = `process.stdin.once("data", () => console.log('{"jsonrpc":"2.0","id":2,"result":{}}'));`;

export interface Stdio {
  coldMs: Spread;
  bareMs: Spread;
  /** Of each pair, how many times as long as the bare script. */
  ratio: Spread;
  residentMb: number | null;
  bareResidentMb: number | null;
  installKb: number;
}
export interface Spread {
  middle: number;
  low: number;
  high: number;
}

export async function benchStdio(server: Running, key: string): Promise<Stdio> {
  const env = { PATH: process.env.PATH, API_KEY: key, HUMANS2AI_URL: server.url };
  const cold = () => untilAnswered([`${PACKAGE}/dist/humans2ai-mcp.js`], env);
  const bare = () => untilAnswered(["-e", BARE], env);
  await bare();
  await cold(); // warm-up, not counted
  const runs = { cold: [] as Answered[], bare: [] as Answered[] };
  for (let i = 0; i < RUNS; i++) {
    runs.bare.push(await bare());
    runs.cold.push(await cold());
  }
  const ms = (answers: Answered[]) => answers.map((answer) => answer.ms);
  return {
    coldMs: spread(ms(runs.cold)),
    bareMs: spread(ms(runs.bare)),
    ratio: spread(runs.cold.map((run, i) => run.ms / runs.bare[i]!.ms)),
    residentMb: memory(runs.cold),
    bareResidentMb: memory(runs.bare),
    installKb: unpackedKb(),
  };
}

interface Answered {
  ms: number;
  mb: number | null;
}

function untilAnswered(args: string[], env: NodeJS.ProcessEnv): Promise<Answered> {
  return new Promise((resolve, reject) => {
    const start = performance.now();
    const child = spawn(process.execPath, args, { env, stdio: ["pipe", "pipe", "inherit"] });
    let answered: Answered | undefined;
    createInterface(child.stdout).on("line", (line) => {
      const message = JSON.parse(line);
      if (message.id !== 2) return;
      if (!message.result) return void reject(new Error(line));
      answered = { ms: performance.now() - start, mb: residentMb(child.pid!) };
      child.stdin.end();
      child.kill();
    });
    child.once("exit", () =>
      answered ? resolve(answered) : reject(new Error(`${args[0]} ended without an answer.`)),
    );
    for (const message of HANDSHAKE) child.stdin.write(`${JSON.stringify(message)}\n`);
  });
}

const clientInfo = { name: "bench", version: "1.0.0" };
const HANDSHAKE = [
  { id: 1, method: "initialize", params: { protocolVersion: "2025-11-25", capabilities: {}, clientInfo } },
  { method: "notifications/initialized" },
  { id: 2, method: "tools/list", params: {} },
].map((message) => ({ jsonrpc: "2.0", ...message }));

const spread = (values: number[]): Spread => ({
  middle: median(values),
  low: Math.min(...values),
  high: Math.max(...values),
});
const memory = (runs: Answered[]): number | null => {
  const known = runs.map((run) => run.mb).filter((mb) => mb !== null);
  return known.length > 0 ? median(known) : null;
};

/** As npm counts it; there is nothing else to install, as the package has no dependencies. */
function unpackedKb(): number {
  const args = ["pack", "--dry-run", "--json", "--ignore-scripts"];
  const { stdout, status } = spawnSync("npm", args, { cwd: PACKAGE, encoding: "utf8" });
  if (status !== 0) throw new Error("npm pack failed in packages/mcp.");
  return JSON.parse(stdout)[0].unpackedSize / 1000;
}
