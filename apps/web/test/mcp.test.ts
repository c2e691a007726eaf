import { expect, test } from "vitest";
import { coffeeShops, startApi } from "./api.ts";
import { LEGACY, MODERN, namesOf, rpcOf } from "./mcp.ts";

const ADMIN = { email: "boss@example.com", password: "boss-pass-1" };
const api = await startApi({
  ADMIN_EMAIL: ADMIN.email,
  ADMIN_PASSWORD: ADMIN.password,
  PUBLIC_URL: "https://humans.example/",
  ALLOWED_HOSTS: "mcp.example, 10.0.0.7",
});
const [agent, human] = await Promise.all([api.agent(), api.human()]);
const admin = (await api.call("login", ADMIN)).body.result.idToken as string;
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
    serverInfo: { name: "humans2ai", version: "1.0.0" },
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

test("a batch of 2025-03-26 is answered, or refused cleanly", async () => {
  const batch = [
    { jsonrpc: "2.0", id: 1, method: "ping" },
    { jsonrpc: "2.0", id: 2, method: "tools/list" },
  ];
  const { status, text } = await post(batch, { as: agent });
  expect([200, 400]).toContain(status);
  if (status === 200) expect(text).toMatch(/"id":1[\s\S]*"id":2/);
  const empty = await post([], { as: agent });
  expect(empty.status).toBe(400);
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

test.each(["nope", "__proto__", "toString", "", "x".repeat(10_000), "download_file"])(
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

test("a business refusal is a result that says what to do, with isError", async () => {
  const call = (name: string, input: object) =>
    legacy("tools/call", { name, arguments: input }, { as: agent });
  const { body } = await call("get_task", { taskId: "task_xyz" });
  expect(body.result).toEqual({
    isError: true,
    content: [{ type: "text", text: 'TASK_NOT_FOUND: Task "task_xyz" not found' }],
  });
  const invalid = (await call("get_task", {})).body.result;
  expect(invalid.content[0].text).toBe("VALIDATION_ERROR: taskId: is required");
  const human = (await call("apply_to_task", { taskId: "x", message: "y" })).body.result;
  expect(human.content[0].text).toBe("FORBIDDEN: Only human accounts can do this.");
});

test("a result comes as text and as structured content", async () => {
  const { body } = await legacy("tools/call", { name: "get_wallet" }, { as: agent });
  const { content, structuredContent, isError, _meta } = body.result;
  expect(JSON.parse(content[0].text)).toEqual(structuredContent);
  expect([isError, _meta]).toEqual([undefined, undefined]);
});

test("a money tool makes its own key, or takes the one of the header for retries", async () => {
  const params = { name: "create_task", arguments: coffeeShops({ budget: 7 }) };
  const headers = { "idempotency-key": "one-and-the-same" };
  const ids = [];
  for (let i = 0; i < 2; i++) {
    ids.push((await legacy("tools/call", params, { as: agent, headers })).body.result.structuredContent.id);
  }
  expect(ids[0]).toBe(ids[1]);
  const fresh = await legacy("tools/call", params, { as: agent });
  expect(fresh.body.result.structuredContent.id).not.toBe(ids[0]);
});

test("each role is shown its tools", async () => {
  const list = async (as: string) => new Set(namesOf(await legacy("tools/list", {}, { as })));
  const [a, h, m] = [await list(agent.token), await list(human.token), await list(admin)];
  const none = new Set(namesOf(await legacy("tools/list")));
  expect([...none]).toEqual(CONTRACT);
  expect([...a].slice(0, 15)).toEqual(CONTRACT);
  expect([...a].filter((n) => !CONTRACT.includes(n))).toEqual([
    "list_my_tasks",
    "create_api_key",
    "list_api_keys",
    "revoke_api_key",
  ]);
  expect(h).toContain("submit_proof");
  expect(h).not.toContain("create_api_key");
  expect(m).toContain("resolve_dispute");
  for (const names of [a, h, m, none]) expect(names).not.toContain("download_file");
  expect(a).not.toContain("expire_task");
});

test("every tool has a title, hints, and schemas of an object", async () => {
  const { body } = await legacy("tools/list", {}, { as: agent });
  for (const tool of body.result.tools) {
    expect(tool.title, tool.name).toBeTruthy();
    expect(tool.inputSchema.type, tool.name).toBe("object");
    expect(tool.outputSchema.type, tool.name).toBe("object");
    expect(Object.keys(tool.annotations).sort(), tool.name).toEqual([
      "destructiveHint",
      "idempotentHint",
      "openWorldHint",
      "readOnlyHint",
      "title",
    ]);
    expect(tool.money, tool.name).toBeUndefined();
  }
});

test("register and login hand over a credential, and nothing else does", async () => {
  const input = { email: "new@example.com", password: "correct-horse-1" };
  const call = async (name: string, args: object, as?: string) =>
    (await legacy("tools/call", { name, arguments: args }, as ? { as } : {})).body.result;
  const made = await call("register", input);
  const credential = made._meta["com.humans2ai/credential"];
  expect(credential).toEqual({
    bearer: made.structuredContent.idToken,
    fallback: made.structuredContent.apiKey.key,
    expiresAt: expect.stringMatching(/^20\d\d-/),
  });
  const signedIn = await call("login", input);
  expect(Object.keys(signedIn._meta["com.humans2ai/credential"])).toEqual(["bearer", "expiresAt"]);
  const key = await call("create_api_key", { name: "k" }, credential.bearer);
  expect(key.structuredContent.key).toMatch(/^sk_live_/);
  expect(key._meta).toBeUndefined();
  expect((await call("login", { ...input, password: "wrong-horse-1" }))._meta).toBeUndefined();
});

test("a wrong credential is a 401 with a JSON-RPC error, before anything is said", async () => {
  const wrong = await legacy("tools/list", {}, { as: "sk_live_wrong", id: "seven" });
  expect(wrong.status).toBe(401);
  expect(wrong.headers.get("www-authenticate")).toBe("Bearer");
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
