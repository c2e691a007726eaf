// Runs a command and ends with it. When our starter dies, however suddenly, the pipe on fd 3 closes and
// the whole process group goes too: nothing is left holding a port or a terminal.
import { spawn } from "node:child_process";
import { Socket } from "node:net";

const GRACE_MS = 8000;
const [command = "", ...args] = process.argv.slice(2);
const child = spawn(command, args, { stdio: ["inherit", "inherit", "inherit"] });

// Signals reach the group, so the child has them already; we stay to report how it ended.
for (const signal of /** @type {const} */ (["SIGINT", "SIGTERM", "SIGHUP"])) process.on(signal, () => {});

child.on("error", (error) => {
  console.error(`${command}: ${error.message}`);
  process.exit(127);
});
child.on("exit", (code, signal) => {
  if (!signal) process.exit(code ?? 1);
  if (signal === "SIGKILL") process.kill(process.pid, signal);
  process.exit(1);
});

const tether = new Socket({ fd: 3 });
tether.on("error", () => tether.destroy());
tether.on("close", () => {
  process.kill(-process.pid, "SIGTERM");
  setTimeout(() => process.kill(-process.pid, "SIGKILL"), GRACE_MS);
});
tether.resume();
tether.unref();
