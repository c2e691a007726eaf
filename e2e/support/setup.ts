/** Everything the stories run against: the built server, its database, and the packed MCP client. */

import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { installClient } from "./package.ts";
import { type RunningServer, startServer } from "./server.ts";

type Undo = () => Promise<void> | void;

export default async function setup(): Promise<() => Promise<void>> {
  const undo: Undo[] = [];
  const teardown = async () => {
    for (const step of undo.splice(0).reverse()) await step();
  };
  // Playwright tears down on Ctrl-C only.
  process.once("SIGTERM", () => teardown().finally(() => process.exit(143)));
  try {
    // By this name the test runner finds, stops and removes what a killed run has left behind.
    const folder = mkdtempSync(join(tmpdir(), "humans2ai-test-"));
    undo.push(() => rmSync(folder, { recursive: true, force: true }));
    process.env.E2E_DATA_DIR = join(folder, "data");
    process.env.E2E_DATABASE_URL ||= await ownDatabase(folder, undo);
    const port = await freePort();
    process.env.E2E_URL = `http://localhost:${port}`;
    const server = startServer(settings(process.env.E2E_DATABASE_URL, port, folder));
    undo.push(() => server.stop());
    process.env.E2E_MCP_CLIENT = installClient(join(folder, "agent"));
    await answers(server, process.env.E2E_URL);
  } catch (error) {
    await teardown();
    throw error;
  }
  return teardown;
}

async function ownDatabase(dataDir: string, undo: Undo[]): Promise<string> {
  const { startPostgres } = await import("../../scripts/lib/postgres.mjs");
  const database = await startPostgres({ dataDir, fast: true });
  undo.push(() => database.stop());
  return database.url;
}

const settings = (databaseUrl: string, port: number, folder: string) => ({
  NODE_ENV: "production",
  DATABASE_URL: databaseUrl,
  AUTH_SECRET: randomBytes(32).toString("base64url"),
  PORT: `${port}`,
  PUBLIC_URL: `http://localhost:${port}`,
  DATA_DIR: join(folder, "data"),
  DEMO: "1",
  JOB_INTERVAL_MS: "200",
  WEBHOOK_ALLOW_PRIVATE: "1",
  RATE_LIMIT_KEY: "1000000",
  RATE_LIMIT_IP: "1000000",
  RATE_LIMIT_REGISTER: "100000",
  RATE_LIMIT_LOGIN: "100000",
});

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer().on("error", reject);
    probe.listen(0, () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === "object" && address ? address.port : 0));
    });
  });
}

const PATIENCE_MS = 60_000;

async function answers(server: RunningServer, url: string): Promise<void> {
  const giveUp = Date.now() + PATIENCE_MS;
  const healthy = () =>
    fetch(`${url}/api/v1/health`).then(
      (reply) => reply.ok,
      () => false,
    );
  while (!(await healthy())) {
    if (server.ended()) throw new Error(`The server ended while starting:\n${server.output()}`);
    if (Date.now() > giveUp) throw new Error(`The server does not answer:\n${server.output()}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
