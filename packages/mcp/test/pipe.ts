// The built client as a real process, with its stdin and stdout in our hands.

import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import type { Json } from "./edge.ts";

export const PROGRAM = fileURLToPath(new URL("../dist/humans2ai-mcp.js", import.meta.url));

export class PipeProcess {
  readonly child: ChildProcessWithoutNullStreams;
  /** Every line of stdout that nobody has asked for yet. */
  readonly lines: string[] = [];
  stderr = "";
  readonly exited: Promise<{ code: number | null; signal: NodeJS.Signals | null }>;
  #wake: (() => void) | undefined;
  #ended = false;

  constructor(env: Record<string, string>, args: string[] = [], program = PROGRAM) {
    this.child = spawn(process.execPath, [program, ...args], {
      env: { PATH: process.env.PATH ?? "", HUMANS2AI_RETRY_BASE_MS: "5", ...env },
    });
    this.exited = once(this.child, "close").then(([code, signal]) => ({ code, signal }));
    this.child.stderr.setEncoding("utf8").on("data", (text: string) => {
      this.stderr += text;
    });
    const reader = createInterface({ input: this.child.stdout });
    reader.on("line", (line) => {
      this.lines.push(line);
      this.#wake?.();
    });
    reader.on("close", () => {
      this.#ended = true;
      this.#wake?.();
    });
  }

  send(...messages: unknown[]): void {
    this.write(messages.map((message) => `${JSON.stringify(message)}\n`).join(""));
  }

  write(text: string | Buffer): void {
    this.child.stdin.write(text);
  }

  /** The next line of stdout, which must be JSON: anything else would break a client. */
  async next(): Promise<Json> {
    while (this.lines.length === 0) {
      if (this.#ended) throw new Error(`the client ended; stderr: ${this.stderr}`);
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
    return JSON.parse(this.lines.shift()!) as Json;
  }

  async ask(message: unknown): Promise<Json> {
    this.send(message);
    return this.next();
  }

  /** Closes stdin and waits for the end, as a client does. */
  async end(): Promise<number | null> {
    this.child.stdin.end();
    return (await this.exited).code;
  }
}

export const MODERN = "2026-07-28";

export function modern(id: number, method: string, params: Json = {}): Json {
  const _meta = {
    "io.modelcontextprotocol/protocolVersion": MODERN,
    "io.modelcontextprotocol/clientCapabilities": {},
  };
  return { jsonrpc: "2.0", id, method, params: { ...params, _meta } };
}

export function request(id: number | string, method: string, params: Json = {}): Json {
  return { jsonrpc: "2.0", id, method, params };
}

export function call(id: number | string, name = "echo", args: Json = {}): Json {
  return request(id, "tools/call", { name, arguments: args });
}

/** The text of a tool error; fails when the message is anything else. */
export function toolError(message: Json): string {
  const result = message.result as
    | { isError?: boolean; content?: { type: string; text: string }[] }
    | undefined;
  const text = result?.content?.[0]?.text;
  if (result?.isError !== true || text === undefined) {
    throw new Error(`not a tool error: ${JSON.stringify(message)}`);
  }
  return text;
}
