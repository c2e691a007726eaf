import { closeSync, mkdirSync, openSync, readFileSync } from "node:fs";
import { dirname, relative } from "node:path";
import { Fault } from "./fault.mjs";
import { launch } from "./supervise.mjs";

const live = process.stdout.isTTY === true && !process.env.CI;

/** @param {number} since */
export const seconds = (since) => `${((Date.now() - since) / 1000).toFixed(1)} s`;

/** @param {string} line */
export const say = (line) => console.log(line);

/** Shows that a long step is alive: one rewritten line on a terminal, a line now and then elsewhere.
 * @param {string} title */
function heartbeat(title) {
  const since = Date.now();
  if (live) process.stdout.write(`${title} …`);
  else say(`${title} …`);
  const timer = setInterval(
    () =>
      live ? process.stdout.write(`\r${title} … ${seconds(since)}`) : say(`  still at it, ${seconds(since)}`),
    live ? 500 : 10_000,
  );
  return (/** @type {string} */ ending) => {
    clearInterval(timer);
    if (live) process.stdout.write(`\r${title} … ${ending}, ${seconds(since)}\n`);
    else say(`  ${ending}, ${seconds(since)}`);
  };
}

/** @param {string} file */
const tail = (file) => readFileSync(file, "utf8").trimEnd().split("\n").slice(-25).join("\n");

/** Runs a long command with its output in a log; a failure shows the log's end and where it is.
 * @param {{ title: string, logFile: string, command: string, args: string[], cwd: string, env?: NodeJS.ProcessEnv, limitMs?: number }} step */
export async function step({ title, logFile, command, args, cwd, env, limitMs }) {
  mkdirSync(dirname(logFile), { recursive: true });
  const log = openSync(logFile, "w");
  const finish = heartbeat(title);
  const child = launch(command, args, { cwd, ...(env && { env }), ...(limitMs && { limitMs }), out: log });
  closeSync(log);
  const { code, signal } = await child.exited;
  finish(code === 0 ? "done" : "failed");
  if (code === 0) return;
  const how = signal ? `was stopped by ${signal}` : `failed with exit code ${code}`;
  throw new Fault(`${title} ${how}: the whole log is in ${relative(process.cwd(), logFile)}.`, tail(logFile));
}
