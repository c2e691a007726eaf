import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import postgres from "postgres";
import { isAlive, sleep } from "../lib/process.mjs";

const holder = fileURLToPath(new URL("holder.mjs", import.meta.url));
const startScript = fileURLToPath(new URL("../start.mjs", import.meta.url));

/** @typedef {{ url: string, pid: number, reused: boolean }} Started */
/** @typedef {import("node:test").TestContext} TestContext */
/** @typedef {{ uid?: number, gid?: number, mode?: "fast" }} HoldOptions */

/** @type {WeakMap<TestContext, (() => unknown)[]>} */
const undos = new WeakMap();

/** Like t.after, but last added first, as what is torn down stands on what was set up before it.
 * @param {TestContext} t @param {() => unknown} undo */
export function later(t, undo) {
  const known = undos.get(t);
  if (known) {
    known.push(undo);
    return;
  }
  const list = [undo];
  undos.set(t, list);
  t.after(async () => {
    for (const each of list.reverse()) await each();
  });
}

/** @param {TestContext} t */
export function temporaryFolder(t) {
  const folder = mkdtempSync(join(tmpdir(), "humans2ai-launcher-"));
  later(t, () => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** @param {import("node:child_process").ChildProcess} child */
function collect(child) {
  const said = { out: "", err: "" };
  child.stdout?.on("data", (chunk) => {
    said.out += chunk;
  });
  child.stderr?.on("data", (chunk) => {
    said.err += chunk;
  });
  /** @type {Promise<number | null>} */
  const ended = new Promise((done) => child.on("close", done));
  return { said, ended };
}

/** @param {() => boolean | Promise<boolean>} holds @param {string} what */
export async function until(holds, what, patienceMs = 30_000) {
  const giveUp = Date.now() + patienceMs;
  while (!(await holds())) {
    if (Date.now() > giveUp) throw new Error(`waited in vain: ${what}`);
    await sleep(50);
  }
}

/** Starts the database in a process of its own.
 * @param {TestContext} t @param {string} dataDir @param {HoldOptions} [options] */
export async function holdDatabase(t, dataDir, { mode = "fast", ...user } = {}) {
  const child = spawn(process.execPath, [holder, dataDir, mode], { stdio: "pipe", ...user });
  const { said, ended } = collect(child);
  later(t, async () => {
    child.kill("SIGTERM");
    await ended;
  });
  await until(() => said.out.includes("}") || child.exitCode !== null, "the database to start");
  if (child.exitCode !== null) throw new Error(said.err);
  /** @type {Started} */
  const started = JSON.parse(said.out);
  return {
    ...started,
    /** @param {NodeJS.Signals} signal */
    async end(signal) {
      child.kill(signal);
      await ended;
    },
  };
}

/** @param {string} url @param {string} statement */
export async function query(url, statement) {
  const sql = postgres(url, { max: 1, onnotice: () => {} });
  try {
    return [...(await sql.unsafe(statement))];
  } finally {
    await sql.end();
  }
}

/** @param {number} pid */
export const gone = (pid) => until(() => !isAlive(pid), `process ${pid} to end`);

/** @returns {Promise<number>} */
export async function freePort() {
  const server = createServer().listen(0);
  await once(server, "listening");
  const address = server.address();
  server.close();
  return typeof address === "object" && address ? address.port : 0;
}

/** @param {TestContext} t @param {Record<string, string>} env */
export function launchApp(t, env) {
  const { DATABASE_URL: _url, AUTH_SECRET: _secret, npm_lifecycle_event: _event, ...rest } = process.env;
  const child = spawn(process.execPath, [startScript], { env: { ...rest, ...env }, stdio: "pipe" });
  const { said, ended } = collect(child);
  later(t, async () => {
    child.kill("SIGTERM");
    await ended;
  });
  return {
    said,
    ended,
    /** Waits while the app lives; what it said is told as soon as it does not.
     * @param {() => boolean | Promise<boolean>} holds @param {string} what @param {number} [patienceMs] */
    async until(holds, what, patienceMs) {
      let exited = false;
      const holdsOrEnds = async () => {
        // Asked first: what is waited for may be the app's last act.
        exited = child.exitCode !== null || child.signalCode !== null;
        return (await holds()) || exited;
      };
      try {
        await until(holdsOrEnds, what, patienceMs);
        if (exited && !(await holds())) throw new Error(`the app ended before ${what}`);
      } catch (error) {
        throw new Error(`${error}\n--- stdout\n${said.out}\n--- stderr\n${said.err}`);
      }
    },
    kill: (/** @type {NodeJS.Signals} */ signal) => child.kill(signal),
  };
}
