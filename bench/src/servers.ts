/** The processes that are measured: the production server, and a bare one doing the same statements. */

import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

export interface Running {
  url: string;
  pid: number;
  /** CPU seconds of the process so far; null where /proc is not there to tell. */
  cpuSeconds: () => number | null;
  stop: () => Promise<void>;
}

const path = (relative: string) => fileURLToPath(new URL(relative, import.meta.url));
const CLOCK_TICKS = 100; // per second, on every Linux that Node runs on

/** dist/server.js as `npm start` runs it, but with limits that load does not reach and its clock at rest. */
export async function productionServer(databaseUrl: string): Promise<Running> {
  const dataDir = mkdtempSync(join(tmpdir(), "humans2ai-bench-"));
  const limits = ["KEY", "IP", "REGISTER", "LOGIN"].map((name) => [`RATE_LIMIT_${name}`, "1000000000"]);
  const env = {
    NODE_ENV: "production",
    AUTH_SECRET: "b".repeat(32),
    DATA_DIR: dataDir,
    JOB_INTERVAL_MS: "3600000",
    ...Object.fromEntries(limits),
  };
  const server = await start(
    [path("../../apps/web/dist/server.js")],
    databaseUrl,
    env,
    path("../../apps/web"),
  );
  const stop = async () => {
    await server.stop();
    rmSync(dataDir, { recursive: true, force: true });
  };
  return { ...server, stop };
}

export const bareServer = (databaseUrl: string): Promise<Running> =>
  start(["--import", "tsx", path("bare-server.ts")], databaseUrl, {}, path(".."));

async function start(
  args: string[],
  databaseUrl: string,
  env: Record<string, string>,
  cwd: string,
): Promise<Running> {
  const port = await freePort();
  const child = spawn(process.execPath, args, {
    cwd,
    env: {
      PATH: process.env.PATH,
      HOST: "127.0.0.1",
      PORT: String(port),
      DATABASE_URL: databaseUrl,
      ...env,
    },
    stdio: ["ignore", "ignore", "inherit"],
  });
  process.once("exit", () => child.kill("SIGKILL"));
  const url = `http://127.0.0.1:${port}`;
  await answering(url, child);
  const pid = child.pid!;
  return { url, pid, cpuSeconds: () => cpuSeconds(pid), stop: () => ended(child) };
}

async function answering(url: string, child: ChildProcess) {
  for (let tries = 0; tries < 300 && child.exitCode === null; tries++) {
    const reply = await fetch(`${url}/api/v1/health`).catch(() => null); // not listening yet
    await reply?.arrayBuffer();
    if (reply?.ok) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`${child.spawnargs.join(" ")} does not answer.`);
}

const ended = (child: ChildProcess) =>
  new Promise<void>((resolve) => {
    if (child.exitCode !== null) return resolve();
    child.once("exit", () => resolve());
    child.kill("SIGTERM");
  });

const freePort = () =>
  new Promise<number>((resolve) => {
    const probe = createServer().listen(0, "127.0.0.1", () => {
      const { port } = probe.address() as { port: number };
      probe.close(() => resolve(port));
    });
  });

function cpuSeconds(pid: number): number | null {
  if (process.platform !== "linux") return null;
  // The fields after the command's name, which may hold anything: utime and stime are the 12th and 13th of them.
  const fields = readFileSync(`/proc/${pid}/stat`, "utf8").split(") ").at(-1)!.split(" ");
  return (Number(fields[11]) + Number(fields[12])) / CLOCK_TICKS;
}

/** Resident memory in MB; null where /proc is not there to tell. */
export function residentMb(pid: number): number | null {
  if (process.platform !== "linux") return null;
  const kb = /^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1];
  return Number(kb) / 1024;
}
