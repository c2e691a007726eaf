import { spawn, spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { errorCode } from "./fault.mjs";

/** @typedef {{ uid: number, gid: number }} OsUser */
/** @typedef {{ code: number | null, stdout: string, stderr: string }} Outcome */

const linux = process.platform === "linux";

/** @param {string} path */
function readProc(path) {
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    // ESRCH: the process ended between open and read.
    if (["ENOENT", "ESRCH", "EACCES"].includes(errorCode(error))) return "";
    throw error;
  }
}

/** The fields of /proc/<pid>/stat after the command name, which may itself hold spaces.
 * @param {number} pid */
function procStat(pid) {
  const stat = readProc(`/proc/${pid}/stat`);
  return stat.slice(stat.lastIndexOf(")") + 2).split(" ");
}

/** A zombie is dead: in containers nobody may ever reap it.
 * @param {number} pid */
export function isAlive(pid) {
  try {
    process.kill(pid, 0);
  } catch (error) {
    return errorCode(error) === "EPERM";
  }
  return !linux || procStat(pid)[0] !== "Z";
}

/** When a process started: with its pid this names one process for good, as pids are reused.
 * @param {number} pid */
export function startedAt(pid) {
  if (linux) return procStat(pid)[19] ?? "";
  return spawnSync("ps", ["-o", "lstart=", "-p", String(pid)], { encoding: "utf8" }).stdout.trim();
}

/** @param {number} pid */
export function parentOf(pid) {
  if (linux) return Number(procStat(pid)[1]);
  return Number(spawnSync("ps", ["-o", "ppid=", "-p", String(pid)], { encoding: "utf8" }).stdout);
}

/** @param {number} pid */
export function commandLine(pid) {
  if (linux) return readProc(`/proc/${pid}/cmdline`).replaceAll("\0", " ");
  return spawnSync("ps", ["-ww", "-o", "command=", "-p", String(pid)], { encoding: "utf8" }).stdout.trim();
}

/** Runs a short command to its end and hands back what it said.
 * @param {string} command
 * @param {string[]} args
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv, input?: string, user?: OsUser | undefined }} [options]
 * @returns {Promise<Outcome>} */
export function run(command, args, { cwd, env, input, user } = {}) {
  return new Promise((done, fail) => {
    // Its own process group: a Ctrl-C in the terminal must not cut a database command short.
    const child = spawn(command, args, { cwd, env, ...user, stdio: "pipe", detached: true });
    const outcome = { stdout: "", stderr: "" };
    child.stdout.on("data", (chunk) => {
      outcome.stdout += chunk;
    });
    child.stderr.on("data", (chunk) => {
      outcome.stderr += chunk;
    });
    child.on("error", fail);
    child.on("close", (code) => done({ code, ...outcome }));
    // A command that ends without reading its input closes the pipe early: its exit code tells.
    child.stdin.on("error", (error) => {
      if (errorCode(error) !== "EPIPE") fail(error);
    });
    child.stdin.end(input ?? "");
  });
}

/** Signals a whole process group.
 * @param {number} pid @param {NodeJS.Signals} signal */
export function signalGroup(pid, signal) {
  try {
    process.kill(-pid, signal);
  } catch (error) {
    // macOS answers EPERM for a group that holds nothing but zombies.
    if (!["ESRCH", "EPERM"].includes(errorCode(error))) throw error;
  }
}

/** @param {number} ms */
export const sleep = (ms) => new Promise((done) => setTimeout(done, ms));
