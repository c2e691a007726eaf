import { expect, test } from "vitest";
import { startApi } from "./api.ts";
import { LEGACY, MODERN, namesOf, rpcOf } from "./mcp.ts";

const api = await startApi({
  PUBLIC_URL: "https://humans.example/",
  ALLOWED_HOSTS: "mcp.example, 10.0.0.7",
});
const agent = await api.agent();
const { legacy, modern, post } = rpcOf(api);

const CONTRACT = [
  "register login create_task list_tasks get_task cancel_task list_applicants select_applicant",
  "approve_submission reject_submission send_message get_messages get_wallet get_transactions",
  "request_confirmation",
].flatMap((line) => line.split(" "));
const INIT = { capabilities: {}, clientInfo: { name: "test", version: "1.0.0" } };

test.each(LEGACY)("initialize in %s", async (protocolVersion) => {
  const { status, body } = await legacy("initialize", { ...INIT, protocolVersion }, { as: agent });
  expect(status).toBe(200);
  expect(body).toMatchObject({ jsonrpc: "2.0", id: 1 });
  expect(body.result).toMatchObject({
    protocolVersion,
    capabilities: { tools: {} },
    serverInfo: { name: "com.humans2ai/mcp", version: "1.0.0" },
  });
  expect(body.result.instructions).toMatch(/data, never instructions/);
  const list = await legacy("tools/list", {}, { as: agent, version: protocolVersion });
  expect(namesOf(list).slice(0, 15)).toEqual(CONTRACT);
});

test("initialize in an unknown revision is answered in one that we know", async () => {
  const { body } = await legacy("initialize", { ...INIT, protocolVersion: "2024-01-01" }, { as: agent });
  expect(LEGACY).toContain(body.result.protocolVersion);
});

test("a client that names no revision is served", async () => {
  expect(namesOf(await legacy("tools/list", {}, { as: agent }))).toContain("create_task");
});

test("notifications are taken with 202 and no body, ping is answered", async () => {
  const note = await legacy("notifications/initialized", {}, { as: agent, id: null, version: LEGACY[2]! });
  expect([note.status, note.text]).toEqual([202, ""]);
  const ping = await legacy("ping", {}, { as: agent, version: LEGACY[1]! });
  expect(ping.body).toEqual({ jsonrpc: "2.0", id: 1, result: {} });
});

test("a batch of 2025-03-26 is refused cleanly", async () => {
  const { status, body } = await post([{ jsonrpc: "2.0", id: 1, method: "ping" }], { as: agent });
  expect(status).toBe(400);
  expect(body.error).toMatchObject({ message: expect.stringContaining("one message per request") });
  expect((await post([], { as: agent })).status).toBe(400);
});

test("server/discover in 2026-07-28", async () => {
  const { status, body } = await modern("server/discover", {}, { as: agent });
  expect(status).toBe(200);
  expect(body.result).toMatchObject({
    resultType: "complete",
    supportedVersions: expect.arrayContaining([MODERN]),
    capabilities: { tools: {} },
    ttlMs: expect.any(Number),
    cacheScope: expect.stringMatching(/^(public|private)$/),
  });
});

test("tools/list and tools/call in 2026-07-28", async () => {
  const list = await modern("tools/list", {}, { as: agent });
  expect(namesOf(list).slice(0, 15)).toEqual(CONTRACT);
  expect(list.body.result).toMatchObject({ resultType: "complete", cacheScope: "private" });
  const { body } = await modern("tools/call", { name: "get_wallet", arguments: {} }, { as: agent });
  expect(body.result).toMatchObject({ resultType: "complete", structuredContent: { balance: 500 } });
});

test("unknown methods are -32601 in both eras", async () => {
  expect((await legacy("tools/fly", {}, { as: agent })).body.error.code).toBe(-32601);
  const answer = await modern("tools/fly", {}, { as: agent });
  expect([answer.status, answer.body.error.code]).toEqual([404, -32601]);
});

test.each(["nope", "__proto__", "toString", "", "x".repeat(10_000), "download_file", "test_simple_text"])(
  "the unknown tool %s is -32602",
  async (name) => {
    for (const ask of [legacy, modern]) {
      const { body, text } = await ask("tools/call", { name, arguments: { fileId: "x" } }, { as: agent });
      expect(body.error.code).toBe(-32602);
      expect(text.length).toBeLessThan(500);
    }
  },
);

test.each([
  ["no jsonrpc version", { jsonrpc: "1.0", id: 1, method: "ping" }],
  ["no method", { jsonrpc: "2.0", id: 1 }],
  ["params that are text", { jsonrpc: "2.0", id: 1, method: "tools/list", params: "x" }],
  ["an id that is an object", { jsonrpc: "2.0", id: {}, method: "tools/list" }],
  ["null", { jsonrpc: null }],
])("a message with %s is refused, never a 500", async (_, message) => {
  const { status, body } = await post(message, { as: agent });
  expect(status).toBe(400);
  expect(body.error.code).toBeLessThan(0);
});

test("a wrong credential is a 401 with a JSON-RPC error, before anything is said", async () => {
  const wrong = await legacy("tools/list", {}, { as: "sk_live_wrong", id: "seven" });
  expect(wrong.status).toBe(401);
  expect(wrong.headers.get("www-authenticate")).toMatch(
    /^Bearer error="invalid_token", resource_metadata="https:\/\/humans\.example\/\.well-known\//,
  );
  expect(wrong.body).toEqual({
    jsonrpc: "2.0",
    id: "seven",
    error: { code: -401, message: expect.stringContaining("Bearer"), data: { code: "UNAUTHORIZED" } },
  });
  const money = await legacy("tools/call", { name: "get_wallet" });
  expect(money.body.result).toMatchObject({ isError: true });
  expect(money.body.result.content[0].text).toMatch(/^UNAUTHORIZED: /);
});

test.each([
  ["Host", { host: "evil.example" }, 403],
  ["Host", { host: "humans.example.evil.example" }, 403],
  ["Host", { host: "humans.example" }, 200],
  ["Host", { host: "mcp.example:8443" }, 200],
  ["Host", { host: "10.0.0.7:3000" }, 200],
  ["Host", { host: "localhost:1" }, 200],
  ["Origin", { origin: "https://evil.example" }, 403],
  ["Origin", { origin: "null" }, 403],
  ["Origin", { origin: "https://humans.example" }, 200],
  ["Origin", { origin: "http://localhost:6274" }, 200],
])("the %s of %j gets a %i", async (name, headers, status) => {
  const answer = await hosted(headers, { jsonrpc: "2.0", id: 1, method: "tools/list" });
  expect(answer.status).toBe(status);
  if (status === 403) expect(answer.text).toContain(`MCP is not served to this ${name}`);
});

test("the plain form is for programs, and asks for no Host", async () => {
  const answer = await hosted({ host: "evil.example" }, { tool: "get_wallet" });
  expect(answer.status).toBe(200);
});

/** `fetch` sets Host by itself; node:http lets us lie. */
async function hosted(headers: Record<string, string>, message: object) {
  const { request } = await import("node:http");
  const body = JSON.stringify(message);
  return new Promise<{ status: number; text: string }>((resolve, reject) => {
    const req = request(
      `${api.url}/api/v1/mcp`,
      {
        method: "POST",
        headers: {
          authorization: `Bearer ${agent.token}`,
          accept: "application/json, text/event-stream",
          "content-type": "application/json",
          ...headers,
        },
      },
      async (res) => {
        let text = "";
        for await (const chunk of res) text += chunk;
        resolve({ status: res.statusCode ?? 0, text });
      },
    );
    req.on("error", reject).end(body);
  });
}
