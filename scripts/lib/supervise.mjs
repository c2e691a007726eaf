import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import { errorText, tell } from "./fault.mjs";
import { commandLine, isAlive, parentOf, signalGroup } from "./process.mjs";

const leash = fileURLToPath(new URL("leash.mjs", import.meta.url));

/** @type {Set<() => Promise<void>>} */
const cleanups = new Set();
let ending = false;

export const isEnding = () => ending;

/** What must be undone when this process ends, last added first.
 * @param {() => Promise<void>} undo
 * @returns {() => void} forget it */
export function atEnd(undo) {
  cleanups.add(undo);
  return () => cleanups.delete(undo);
}

/** @param {number} code @returns {Promise<void>} */
export async function end(code) {
  // npm passes a terminal's Ctrl-C on once more: the second one must not cut the clean-up short.
  if (ending) return;
  ending = true;
  let worst = code;
  for (const undo of [...cleanups].reverse()) {
    try {
      await undo();
    } catch (error) {
      tell(error);
      worst ||= 1;
    }
  }
  process.exit(worst);
}

/** When npm is killed it cannot pass the signal on: then we notice that it is gone. Between npm and us may
 * stand the shell that ran the script's line. */
function watchParent() {
  if (!process.env.npm_lifecycle_event) return;
  const parent = process.ppid;
  const npm = /\bsh -c /.test(commandLine(parent)) ? parentOf(parent) : parent;
  setInterval(() => {
    if (process.ppid !== parent || !isAlive(npm)) end(1);
  }, 250).unref();
}

/** The frame of every script: signals, faults and the way out.
 * @param {() => Promise<number | undefined>} work an exit code, or undefined to stay until something ends us
 * @param {{ onTerm?: number }} [options] */
export async function main(work, { onTerm = 143 } = {}) {
  process.on("SIGINT", () => end(130));
  process.on("SIGTERM", () => end(onTerm));
  process.on("SIGHUP", () => end(129));
  watchParent();
  try {
    const code = await work();
    if (code !== undefined) await end(code);
  } catch (error) {
    if (!ending) tell(error);
    await end(1);
  }
}

/** @typedef {{ code: number | null, signal: NodeJS.Signals | null }} Exit */

/** A child that never outlives us: its own process group, on a leash.
 * @param {string} command
 * @param {string[]} args
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv, stdin?: "inherit" | "ignore", out?: number | "inherit", err?: number | "inherit", graceMs?: number, limitMs?: number }} [options] */
export function launch(command, args, options = {}) {
  const { cwd, env, stdin = "ignore", out = "inherit", err = out, graceMs = 10_000, limitMs } = options;
  const child = spawn(process.execPath, [leash, command, ...args], {
    cwd,
    env,
    detached: true,
    stdio: [stdin, out, err, "pipe"],
  });
  /** @type {Promise<Exit>} */
  const exited = new Promise((done, fail) => {
    child.on("error", (error) => fail(new Error(`${command}: ${errorText(error)}`)));
    child.on("exit", (code, signal) => {
      // Whatever it left behind in its group goes with it.
      if (child.pid) signalGroup(child.pid, "SIGKILL");
      forget();
      done({ code, signal });
    });
  });
  async function stop() {
    if (!child.pid || child.exitCode !== null || child.signalCode !== null) return;
    signalGroup(child.pid, "SIGTERM");
    const timer = setTimeout(() => signalGroup(child.pid ?? 0, "SIGKILL"), graceMs);
    await exited;
    clearTimeout(timer);
  }
  const forget = atEnd(stop);
  if (limitMs) {
    const limit = setTimeout(stop, limitMs);
    exited.finally(() => clearTimeout(limit));
  }
  return { exited, stop };
}
