import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { errorCode, Fault } from "../fault.mjs";
import { isAlive, sleep, startedAt } from "../process.mjs";

const LOCK_PATIENCE_MS = 120_000;
let counter = 0;

/** @param {string} file */
function readIfThere(file) {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    if (errorCode(error) === "ENOENT") return "";
    throw error;
  }
}

const me = () => `${process.pid} ${startedAt(process.pid)}`;

/** A lock still empty after two seconds: its writer died between making and filling it.
 * @param {string} file */
function abandoned(file) {
  const stat = statSync(file, { throwIfNoEntry: false });
  return stat !== undefined && stat.size === 0 && Date.now() - stat.mtimeMs > 2000;
}

/** @param {string} text "pid start-time", as written by me() */
function stillRuns(text) {
  const [pid, ...started] = text.split(" ");
  return isAlive(Number(pid)) && startedAt(Number(pid)) === started.join(" ");
}

/** One starter or stopper of a cluster at a time; the lock of a dead process is void.
 * @template T
 * @param {string} home @param {() => Promise<T>} work @returns {Promise<T>} */
export async function withLock(home, work) {
  const file = join(home, "lock");
  const giveUp = Date.now() + LOCK_PATIENCE_MS;
  for (;;) {
    try {
      writeFileSync(file, me(), { flag: "wx" });
      break;
    } catch (error) {
      if (errorCode(error) !== "EEXIST") throw error;
    }
    const owner = readIfThere(file);
    if (owner ? !stillRuns(owner) : abandoned(file)) rmSync(file, { force: true });
    else if (Date.now() > giveUp) {
      throw new Fault(`Another process (${owner}) keeps ${file}: stop it, or remove that file.`);
    } else await sleep(50);
  }
  try {
    return await work();
  } finally {
    rmSync(file, { force: true });
  }
}

/** Notes that this process uses the cluster; several may, and the last one out stops it.
 * @param {string} home */
export function hold(home) {
  const folder = join(home, "holders");
  mkdirSync(folder, { recursive: true });
  counter += 1;
  const mine = `${process.pid}-${counter}`;
  writeFileSync(join(folder, mine), me());
  return {
    /** @returns {boolean} whether others still use the cluster */
    release() {
      rmSync(join(folder, mine), { force: true });
      return othersHold(home);
    },
  };
}

/** @param {string} home */
export function othersHold(home) {
  const folder = join(home, "holders");
  if (!existsSync(folder)) return false;
  const alive = readdirSync(folder).filter((name) => {
    const runs = stillRuns(readIfThere(join(folder, name)));
    if (!runs) rmSync(join(folder, name), { force: true });
    return runs;
  });
  return alive.length > 0;
}
