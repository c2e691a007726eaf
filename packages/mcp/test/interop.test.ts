// The official clients drive the packed tarball, installed in an empty folder, against an official server.

import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Client, type ClientCapabilities, type VersionNegotiationMode } from "@modelcontextprotocol/client";
import { StdioClientTransport } from "@modelcontextprotocol/client/stdio";
import { Client as OldClient } from "@modelcontextprotocol/sdk/client/index.js";
import { StdioClientTransport as OldTransport } from "@modelcontextprotocol/sdk/client/stdio.js";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { startToyServer, type ToyServer } from "./toy-server.ts";

const TOOLS = ["echo", "wait", "route", "ask"];
const INFO = { name: "interop", version: "1.0.0" };
let folder: string;
let installed: string;
let server: ToyServer;
let open: { close(): Promise<void> }[] = [];

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "humans2ai-mcp-"));
  const npm = (args: string[]) => execFileSync("npm", args, { cwd: folder, encoding: "utf8", shell: true });
  // Without its build step: other tests are running the built file.
  npm(["pack", JSON.stringify(process.cwd()), "--silent", "--ignore-scripts"]);
  const [tarball] = readdirSync(folder).filter((name) => name.endsWith(".tgz"));
  npm(["install", "--offline", "--no-audit", "--no-fund", "--silent", `./${tarball}`]);
  installed = join(folder, "node_modules", "@humans2ai", "mcp");
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

afterEach(async () => {
  for (const client of open) await client.close();
  open = [];
  await server?.stop();
});

async function spawnParameters() {
  server = await startToyServer();
  return {
    command: process.execPath,
    args: [join(installed, "dist", "humans2ai-mcp.js")],
    env: { HUMANS2AI_URL: server.url, API_KEY: "sk_live_interop", HUMANS2AI_RETRY_BASE_MS: "20" },
  };
}

async function connect(mode: VersionNegotiationMode, capabilities: ClientCapabilities = {}): Promise<Client> {
  const client = new Client(INFO, { versionNegotiation: { mode }, capabilities });
  open.push(client);
  const transport = new StdioClientTransport(await spawnParameters());
  const errors: Error[] = [];
  transport.onerror = (error) => errors.push(error);
  await client.connect(transport);
  expect(errors).toEqual([]);
  return client;
}

test("the package is small, complete and needs nothing else", () => {
  const files = readdirSync(installed, { recursive: true, withFileTypes: true }).filter((entry) =>
    entry.isFile(),
  );
  expect(files.map((file) => file.name).sort()).toEqual([
    "LICENSE",
    "README.md",
    "humans2ai-mcp.js",
    "package.json",
  ]);
  const bytes = files.reduce((sum, file) => sum + statSync(join(file.parentPath, file.name)).size, 0);
  expect(bytes).toBeLessThan(60_000);
  expect(JSON.parse(readFileSync(join(installed, "package.json"), "utf8"))).not.toHaveProperty(
    "dependencies",
  );
  const others = readdirSync(join(folder, "node_modules")).filter((name) => !name.startsWith("."));
  expect(others).toEqual(["@humans2ai"]);
  const bin = join(folder, "node_modules", ".bin", "humans2ai-mcp");
  expect(execFileSync(bin, ["--version"], { encoding: "utf8", shell: true })).toBe("1.0.0\n");
});

test.each([
  ["auto", "auto", "2026-07-28"],
  ["legacy", "legacy", "2025-11-25"],
  ["pinned", { pin: "2026-07-28" }, "2026-07-28"],
] as [string, VersionNegotiationMode, string][])("the client of today, %s", async (_name, mode, version) => {
  const client = await connect(mode);
  expect(client.getNegotiatedProtocolVersion()).toBe(version);
  const { tools } = await client.listTools();
  expect(tools.map((tool) => tool.name)).toEqual(TOOLS);
  const texts = Array.from({ length: 20 }, (_, n) => `Grüße ${n}\n日本`);
  const answers = await Promise.all(
    texts.map((text) => client.callTool({ name: "echo", arguments: { text } })),
  );
  expect(answers.map((answer) => answer.content)).toEqual(texts.map((text) => [{ type: "text", text }]));
  await expectWrongUse(client);
  const headers = server.seen.at(-1)!;
  expect(headers.get("authorization")).toBe("Bearer sk_live_interop");
  expect(headers.get("mcp-protocol-version")).toBe(version);
});

async function expectWrongUse(client: Client): Promise<void> {
  await expect(client.callTool({ name: "nope", arguments: {} })).rejects.toMatchObject({ code: -32602 });
  expect(await client.callTool({ name: "echo", arguments: {} })).toHaveProperty("isError", true);
}

test.each([["legacy"], [{ pin: "2026-07-28" }]] as [VersionNegotiationMode][])(
  "progress arrives while a call runs, and cancelling it reaches the server: %j",
  async (mode) => {
    const client = await connect(mode);
    const abort = new AbortController();
    const call = client.callTool(
      { name: "wait", arguments: {} },
      { signal: abort.signal, onprogress: () => abort.abort("enough") },
    );
    await expect(call).rejects.toThrow("enough");
    await server.cancelled;
    expect((await client.listTools()).tools).toHaveLength(TOOLS.length);
  },
);

test("a subscription of the stateless revision brings the server's events", async () => {
  const client = await connect({ pin: "2026-07-28" });
  const changed = new Promise<void>((resolve) =>
    client.setNotificationHandler("notifications/tools/list_changed", () => resolve()),
  );
  const subscription = await client.listen({ toolsListChanged: true });
  server.toolsChanged();
  await changed;
  await subscription.close();
  expect((await client.listTools()).tools).toHaveLength(TOOLS.length);
});

test("a subscription and a call outlive a restart of the server", async () => {
  const client = await connect({ pin: "2026-07-28" });
  let word = () => {};
  client.setNotificationHandler("notifications/tools/list_changed", () => word());
  const told = () =>
    new Promise<void>((resolve) => {
      word = resolve;
    });
  const subscription = await client.listen({ toolsListChanged: true });
  const maybeMissed = told();
  await server.stop();
  const call = client.callTool({ name: "echo", arguments: { text: "still there?" } });
  server = await startToyServer(Number(new URL(server.url).port));
  expect((await call).content).toEqual([{ type: "text", text: "still there?" }]);
  await maybeMissed;
  const changed = told();
  server.toolsChanged();
  await changed;
  await subscription.close();
});

test("an argument that a tool wants as a header is one, whether or not the tools were listed before", async () => {
  const client = await connect({ pin: "2026-07-28" });
  const route = (region: string) => client.callTool({ name: "route", arguments: { region } });
  expect((await route("eu-1")).content).toEqual([{ type: "text", text: "eu-1" }]);
  const methods = server.seen.map((headers) => headers.get("mcp-method"));
  expect(methods.slice(-3)).toEqual(["tools/call", "tools/list", "tools/call"]);
  await client.listTools();
  expect((await route("日本")).content).toEqual([{ type: "text", text: "日本" }]);
  expect(server.seen.at(-1)!.get("mcp-param-region")).toBe("=?base64?5pel5pys?=");
});

test("a question of the server reaches the client's user, and the answer the server", async () => {
  const client = await connect({ pin: "2026-07-28" }, { elicitation: { form: {} } });
  client.setRequestHandler("elicitation/create", () => ({ action: "accept", content: { name: "Ada" } }));
  const answer = await client.callTool({ name: "ask", arguments: {} });
  expect(answer.content).toEqual([{ type: "text", text: "Hello Ada" }]);
});

test("the client of the older line", async () => {
  const client = new OldClient(INFO);
  open.push(client);
  await client.connect(new OldTransport(await spawnParameters()));
  expect((await client.listTools()).tools).toHaveLength(TOOLS.length);
  const answer = await client.callTool({ name: "echo", arguments: { text: "hello" } });
  expect(answer.content).toEqual([{ type: "text", text: "hello" }]);
  expect(server.seen.at(-1)!.get("mcp-protocol-version")).toBe("2025-11-25");
});
