/** MCP clients that others wrote, as programs of their own. They are installed in `interop/`, apart from the product. */

import { type ChildProcess, spawn } from "node:child_process";
import { mkdirSync, mkdtempSync } from "node:fs";
import { arch, tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { serverUrl } from "./api.ts";

const LIMIT_MS = 90_000;
const fromInterop = (path: string) => fileURLToPath(new URL(`../../interop/${path}`, import.meta.url));
/** Some of them need a newer Node than the product. */
const NODE = fromInterop(`node_modules/node-linux-${arch()}/bin/node`);
const BIN = {
  claude: [fromInterop("node_modules/.bin/claude")],
  gemini: [NODE, fromInterop("node_modules/@google/gemini-cli/bundle/gemini.js")],
  inspector: [
    NODE,
    fromInterop("node_modules/@modelcontextprotocol/inspector/clients/launcher/build/index.js"),
  ],
  mcporter: [NODE, fromInterop("node_modules/mcporter/dist/cli.js")],
  programs: [NODE, fromInterop("programs.mjs")],
} as const;
export const mcpRemote = [NODE, fromInterop("node_modules/mcp-remote/dist/proxy.js")];

/** A person's machine: a home folder of its own, in which a program keeps what it is told. */
export interface Machine {
  run(program: keyof typeof BIN, args: string[]): Promise<string>;
  /** Starts it and goes on; `said` waits until it has printed this. */
  start(
    program: keyof typeof BIN,
    args: string[],
  ): { said(text: string): Promise<void>; output: Promise<string> };
}

export function newMachine(env: Record<string, string>): Machine {
  const home = mkdtempSync(join(tmpdir(), "humans2ai-test-"));
  const project = join(home, "project");
  mkdirSync(project);
  const start: Machine["start"] = (program, args) => {
    const [command, ...first] = BIN[program];
    const child = spawn(command, [...first, ...args], {
      cwd: project,
      env: {
        PATH: process.env.PATH ?? "",
        HOME: home,
        GEMINI_CLI_TRUST_WORKSPACE: "true",
        SITE: serverUrl(),
        STDIO_CLIENT: process.env.E2E_MCP_CLIENT ?? "",
        ...env,
      },
      stdio: ["ignore", "pipe", "pipe"],
    });
    return watched(`${program} ${args.join(" ")}`, child);
  };
  return { start, run: (program, args) => start(program, args).output };
}

function watched(name: string, child: ChildProcess): ReturnType<Machine["start"]> {
  let text = "";
  let wake = () => {};
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding("utf8").on("data", (part: string) => {
      text += part;
      wake();
    });
  }
  const timer = setTimeout(() => child.kill("SIGKILL"), LIMIT_MS);
  const output = new Promise<string>((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code) => {
      clearTimeout(timer);
      // Some end with a fault when the tool they called refused; what they said is what counts.
      if (code === null) reject(new Error(`${name} did not end:\n${text}`));
      else resolve(text);
    });
  });
  const said = async (wanted: string) => {
    while (!text.includes(wanted)) {
      const next = new Promise<void>((resolve) => {
        wake = resolve;
      });
      await Promise.race([next, output]);
      if (child.exitCode !== null && !text.includes(wanted)) throw new Error(`${name} ended:\n${text}`);
    }
  };
  return { said, output };
}
