/** The driver as we patch it (patches/): what becomes of queries whose connection or server dies. */

import { spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import postgres from "postgres";
import { afterAll, beforeAll, describe, expect, inject, test } from "vitest";
import { startPostgres } from "../../../scripts/lib/postgres.mjs";
import { withDatabase } from "./postgres.ts";

const server = inject("serverUrl");
const database = `driver_${process.pid}`;
const admin = postgres(server, { max: 1, onnotice: () => {} });

function run(script: string, ...args: string[]) {
  const path = fileURLToPath(new URL(`driver/${script}`, import.meta.url));
  const child = spawn(process.execPath, [path, ...args], { stdio: "pipe" });
  let said = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8").on("data", (text: string) => {
      said += text;
    });
  }
  const ended = new Promise<string>((done) => {
    child.on("close", (code) => done(`${said.split("\n").slice(-40).join("\n")}exit code ${code}`));
  });
  return { child, ended, said: () => said };
}

beforeAll(async () => {
  await admin.unsafe(`create database ${database}`);
});
afterAll(async () => {
  await admin.unsafe(`drop database if exists ${database} with (force)`);
  await admin.end();
});

describe("a connection that dies", () => {
  test.each([
    ["dies", "in a transaction: it ends, all its queries are refused, the pool goes on"],
    ["queued", "with queries of a transaction in line: none waits for ever"],
    ["stranger", "idle in a transaction: the dead one commits nothing inside the next one"],
    ["ended", "or not: a query after its transaction's end is refused, not run outside it"],
    ["reset", "by a reset inside a transaction: the connection serves again, and stays"],
    ["reserve", "while reserved, or cannot be had: no query goes astray, the pool keeps its place"],
    ["listen", "while it listens: it listens again when the server is back"],
    ["slammed", "before it is ready: what waited for it is refused"],
    ["closing", "while the pool ends: the end comes"],
    ["cursor", "between the rows of a cursor: the reader is told"],
  ])("%s: %s", async (scene) => {
    const { ended } = run("play.mjs", scene, withDatabase(server, database));
    expect(await ended).toMatch(/played\nexit code 0$/);
  });
});

test("a server killed and started again under a stream of queries and transactions loses none", async () => {
  const dataDir = await mkdtemp(join(tmpdir(), "humans2ai-driver-"));
  const start = () => startPostgres({ dataDir, log: () => {} });
  let running = await start();
  const stream = run("stream.mjs", running.url);
  try {
    const rounds = () => Number(stream.said().trim().split("\n").at(-1)?.split(" ")[0] ?? 0);
    for (let kills = 0; kills < 3; kills++) {
      const before = rounds();
      await expect.poll(rounds, { timeout: 20_000 }).toBeGreaterThan(before + 5);
      process.kill(running.pid, "SIGKILL");
      running = await start();
    }
    const before = rounds();
    await expect.poll(rounds, { timeout: 20_000 }).toBeGreaterThan(before + 5);
    stream.child.stdin.end();
    expect(await stream.ended).toMatch(/played\nexit code 0$/);
  } finally {
    stream.child.kill();
    await running.stop();
    await rm(dataDir, { recursive: true, force: true });
  }
}, 120_000);
