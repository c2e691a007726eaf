/** Official MCP clients of both lines against the real server, directly over HTTP. */

import {
  Client,
  StreamableHTTPClientTransport,
  type VersionNegotiationMode,
} from "@modelcontextprotocol/client";
import { Client as OldClient } from "@modelcontextprotocol/sdk/client/index.js";
import { StreamableHTTPClientTransport as OldTransport } from "@modelcontextprotocol/sdk/client/streamableHttp.js";
import { bearer, serverUrl } from "../support/api.ts";
import { coffeeShops } from "../support/coffee-shops.ts";
import { spawnAgent } from "../support/mcp.ts";
import { newAgent } from "../support/people.ts";
import { expect, test } from "../support/test.ts";

const INFO = { name: "interop", version: "1.0.0" };
const CONTRACT = [
  "register",
  "login",
  "create_task",
  "list_tasks",
  "get_task",
  "cancel_task",
  "list_applicants",
  "select_applicant",
  "approve_submission",
  "reject_submission",
  "send_message",
  "get_messages",
  "get_wallet",
  "get_transactions",
  "request_confirmation",
];

type AnyClient = Pick<Client, "close"> & {
  listTools(): Promise<{ tools: { name: string; inputSchema: unknown }[] }>;
  callTool(call: { name: string; arguments: Record<string, unknown> }): Promise<Record<string, unknown>>;
};

const endpoint = () => new URL(serverUrl("/api/v1/mcp"));
const withToken = (token: string) => ({ requestInit: { headers: bearer(token) } });

async function today(mode: VersionNegotiationMode, version: string, token: string): Promise<AnyClient> {
  const client = new Client(INFO, { versionNegotiation: { mode } });
  await client.connect(new StreamableHTTPClientTransport(endpoint(), withToken(token)));
  expect(client.getNegotiatedProtocolVersion()).toBe(version);
  return client as AnyClient;
}

async function older(token: string): Promise<AnyClient> {
  const client = new OldClient(INFO);
  await client.connect(
    new OldTransport(endpoint(), withToken(token)) as Parameters<typeof client.connect>[0],
  );
  return client as unknown as AnyClient;
}

const clients: [string, (token: string) => Promise<AnyClient>][] = [
  ["2.4.0, negotiating by itself", (token) => today("auto", "2026-07-28", token)],
  ["2.4.0, pinned to 2026-07-28", (token) => today({ pin: "2026-07-28" }, "2026-07-28", token)],
  ["2.4.0, as before 2026", (token) => today("legacy", "2025-11-25", token)],
  ["1.32.2, the older line", older],
];

for (const [name, connect] of clients) {
  test(name, async () => {
    const agent = await newAgent();
    const client = await connect(agent.token);
    const { tools } = await client.listTools();
    expect(tools.map((tool) => tool.name)).toEqual(expect.arrayContaining(CONTRACT));
    const made = await client.callTool({ name: "create_task", arguments: coffeeShops() });
    expect(made.structuredContent).toMatchObject({ status: "open", budget: 150, agentId: agent.id });
    expect(JSON.parse((made.content as { text: string }[])[0]?.text ?? "")).toEqual(made.structuredContent);
    const wallet = await client.callTool({ name: "get_wallet", arguments: {} });
    expect(wallet.structuredContent).toMatchObject({ balance: 350, frozenBalance: 150 });
    const wrong = await client.callTool({ name: "get_task", arguments: { taskId: "task_xyz" } });
    expect(wrong).toMatchObject({
      isError: true,
      content: [{ text: expect.stringContaining("TASK_NOT_FOUND") }],
    });
    const bad = await client.callTool({ name: "create_task", arguments: { ...coffeeShops(), budget: -1 } });
    expect(bad).toMatchObject({ isError: true, content: [{ text: expect.stringContaining("budget") }] });
    await expect(client.callTool({ name: "no_such_tool", arguments: {} })).rejects.toMatchObject({
      code: -32602,
    });
    await client.close();
  });
}

test("a wrong key is told as such, and nobody gets in", async () => {
  await expect(today("auto", "2026-07-28", "sk_live_wrong")).rejects.toThrow(/401|credential/i);
});

test("the packed package without a key says what a call needs", async () => {
  const agent = await spawnAgent();
  await expect(agent.call("get_wallet")).rejects.toThrow(/register|API_KEY|UNAUTHORIZED/);
  await agent.close();
});
