/** The MCP clients that people really use, each as they would set it up, over HTTP and through the packed package. */

import { fileURLToPath } from "node:url";
import { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { StdioClientTransport } from "@modelcontextprotocol/sdk/client/stdio.js";
import { bearer, serverUrl, tool } from "../support/api.ts";
import { coffeeShops } from "../support/coffee-shops.ts";
import { newAgent, newTask, type Person } from "../support/people.ts";
import { type Machine, mcpRemote, newMachine } from "../support/programs.ts";
import { expect, test } from "../support/test.ts";

const ENDPOINT = () => serverUrl("/api/v1/mcp");
const PERMISSIONS = ["tasks:read", "tasks:write", "wallet:read", "messages:read", "messages:write"];
const COSTLY = coffeeShops();

interface Setup {
  agent: Person;
  key: string;
  /** The cursor of the last event before the test's own: however late a program begins to wait, it misses nothing. */
  after: string;
  machine: Machine;
}

/** An agent whose key needs a confirmation for what is costly. */
async function setUp(): Promise<Setup> {
  const agent = await newAgent();
  const input = { name: "Interop", permissions: PERMISSIONS, confirmAbove: 100 };
  const { key } = await tool<{ key: string }>("create_api_key", input, agent.token);
  const { cursor: after } = await tool<{ cursor: string }>("list_events", {}, agent.token);
  return {
    agent,
    key,
    after,
    machine: newMachine({ TOKEN: key, AFTER: after, COSTLY: JSON.stringify(COSTLY) }),
  };
}

for (const program of ["ai-sdk", "openai-agents"]) {
  for (const over of ["http", "stdio"]) {
    test(`${program} over ${over} lists, calls, is refused, and waits`, async () => {
      const { agent, machine } = await setUp();
      const running = machine.start("programs", [program, over]);
      await running.said("waiting\n");
      await new Promise((resolve) => setTimeout(resolve, 1000));
      const { id } = await newTask(agent);
      const said = JSON.parse((await running.output).trim().split("\n").at(-1) ?? "");
      expect(said.names).toEqual(expect.arrayContaining(["create_task", "get_wallet", "wait_for_events"]));
      expect(JSON.stringify(said.wallet)).toContain("500");
      expect(JSON.stringify(said.missing)).toContain("TASK_NOT_FOUND");
      expect(JSON.stringify(said.unconfirmed)).toMatch(/CONFIRMATION_REQUIRED.*request_confirmation/);
      expect(JSON.stringify(said.news)).toContain(id);
    });
  }
}

for (const era of ["legacy", "modern"]) {
  test(`the Inspector, ${era} era`, async () => {
    const { agent, key, after, machine } = await setUp();
    const to = (...args: string[]) => [
      ...["--cli", ENDPOINT(), "--transport", "http", "--protocol-era", era],
      ...["--header", `Authorization: Bearer ${key}`, ...args],
    ];
    const call = (name: string, ...pairs: string[]) =>
      to("--method", "tools/call", "--tool-name", name, ...pairs.flatMap((p) => ["--tool-arg", p]));
    expect(await machine.run("inspector", to("--method", "tools/list"))).toContain('"create_task"');
    expect(await machine.run("inspector", call("get_wallet"))).toMatch(/"balance": ?500/);
    expect(await machine.run("inspector", call("get_task", "taskId=task_xyz"))).toContain("TASK_NOT_FOUND");
    const waiting = machine.start(
      "inspector",
      call("wait_for_events", `after=${after}`, "timeoutSeconds=40"),
    );
    await new Promise((resolve) => setTimeout(resolve, 4000));
    const { id } = await newTask(agent);
    expect(await waiting.output).toContain(id);
  });
}

test("mcporter", async () => {
  const { key, machine } = await setUp();
  const server = [
    "--http-url",
    ENDPOINT(),
    "--allow-http",
    "--no-oauth",
    "--header",
    `Authorization=Bearer ${key}`,
  ];
  const call = (name: string, input: object) =>
    machine.run("mcporter", ["call", ...server, name, "--args", JSON.stringify(input)]);
  expect(await call("get_wallet", {})).toMatch(/"balance": ?500/);
  expect(await call("get_task", { taskId: "task_xyz" })).toContain("TASK_NOT_FOUND");
  expect(await call("create_task", COSTLY)).toContain("CONFIRMATION_REQUIRED");
  const overStdio = ["--stdio", process.env.E2E_MCP_CLIENT ?? "", "--env", `API_KEY=${key}`];
  const more = ["--env", `HUMANS2AI_URL=${serverUrl()}`, "get_wallet"];
  expect(await machine.run("mcporter", ["call", ...overStdio, ...more])).toMatch(/"balance": ?500/);
});

test("an old client through mcp-remote", async () => {
  const { agent, key, after } = await setUp();
  const client = new Client({ name: "interop", version: "1.0.0" });
  const [command = "", ...first] = mcpRemote;
  const args = [...first, ENDPOINT(), "--allow-http", "--header", `Authorization: Bearer ${key}`];
  const home = { HOME: process.env.E2E_DATA_DIR ?? "", PATH: process.env.PATH ?? "" };
  await client.connect(new StdioClientTransport({ command, args, env: home, stderr: "ignore" }));
  expect((await client.listTools()).tools.map((t) => t.name)).toContain("create_task");
  const wallet = await client.callTool({ name: "get_wallet", arguments: {} });
  expect(wallet.structuredContent).toMatchObject({ balance: 500 });
  const missing = await client.callTool({ name: "get_task", arguments: { taskId: "task_xyz" } });
  expect(missing).toMatchObject({ isError: true });
  const waiting = client.callTool({ name: "wait_for_events", arguments: { after, timeoutSeconds: 40 } });
  await new Promise((resolve) => setTimeout(resolve, 1000));
  const { id } = await newTask(agent);
  expect(JSON.stringify(await waiting)).toContain(id);
  await client.close();
});

for (const program of ["claude", "gemini"] as const) {
  test(`${program} finds it healthy, over HTTP and by the package`, async () => {
    const { key, machine } = await setUp();
    const header = `Authorization: Bearer ${key}`;
    const env = ["-e", `API_KEY=${key}`, "-e", `HUMANS2AI_URL=${serverUrl()}`];
    const command = process.env.E2E_MCP_CLIENT ?? "";
    await machine.run(program, ["mcp", "add", "--transport", "http", "far", ENDPOINT(), "--header", header]);
    if (program === "claude") await machine.run(program, ["mcp", "add", "near", ...env, "--", command]);
    else await machine.run(program, ["mcp", "add", ...env, "near", command]);
    const list = await machine.run(program, ["mcp", "list"]);
    for (const name of ["far", "near"])
      expect(list).toMatch(new RegExp(`[✔✓] ${name}:|${name}: .*[✔✓] Connected`));
    expect(list).not.toContain(key);
  });
}

test("Claude Code takes the plugin, and the marketplace that lists it", async () => {
  const { machine } = await setUp();
  for (const folder of ["packages/mcp/plugin", "."]) {
    const path = fileURLToPath(new URL(`../../${folder}`, import.meta.url));
    const said = await machine.run("claude", ["plugin", "validate", "--strict", path]);
    expect(said).toContain("✔ Validation passed");
  }
});

test("a bare request, without any header of MCP's", async () => {
  const { key } = await setUp();
  const reply = await fetch(ENDPOINT(), {
    method: "POST",
    headers: bearer(key),
    body: JSON.stringify({ jsonrpc: "2.0", id: 1, method: "tools/list" }),
  });
  const said = { status: reply.status, text: await reply.text() };
  expect(said).toEqual({ status: 200, text: expect.stringContaining('"create_task"') });
});
