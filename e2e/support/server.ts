import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";

const fromRoot = (path: string) => fileURLToPath(new URL(`../../${path}`, import.meta.url));
const KEPT_OUTPUT = 20_000;
const GRACE_MS = 10_000;

export interface RunningServer {
  ended(): boolean;
  output(): string;
  stop(): Promise<void>;
}

/** The production server in a process of its own. On the leash it ends with us, even when we are killed. */
export function startServer(settings: Record<string, string>): RunningServer {
  const { PATH = "", HOME = "" } = process.env;
  const child = spawn(
    process.execPath,
    [fromRoot("scripts/lib/leash.mjs"), process.execPath, fromRoot("apps/web/dist/server.js")],
    { env: { PATH, HOME, ...settings }, detached: true, stdio: ["ignore", "pipe", "pipe", "pipe"] },
  );
  const exited = once(child, "exit");
  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding("utf8").on("data", (text: string) => {
      output = (output + text).slice(-KEPT_OUTPUT);
      if (process.env.E2E_SERVER_LOG) process.stderr.write(text);
    });
  }
  const ended = () => child.exitCode !== null || child.signalCode !== null;
  const signal = (name: NodeJS.Signals) => {
    if (child.pid && !ended()) process.kill(-child.pid, name);
  };
  return {
    ended,
    output: () => output,
    async stop() {
      if (ended()) return;
      signal("SIGTERM");
      const timer = setTimeout(() => signal("SIGKILL"), GRACE_MS);
      await exited;
      clearTimeout(timer);
    },
  };
}
