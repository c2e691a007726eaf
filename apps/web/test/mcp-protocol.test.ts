/** What each protocol revision wants of a server on the wire, asked by plain requests. */

import { describe, expect, test } from "vitest";
import { startApi } from "./api.ts";
import { LEGACY, MODERN, rpcOf } from "./mcp.ts";

const api = await startApi();
const agent = await api.agent();
const { legacy, modern, post } = rpcOf(api);

const META = {
  "io.modelcontextprotocol/protocolVersion": MODERN,
  "io.modelcontextprotocol/clientCapabilities": {},
  "io.modelcontextprotocol/clientInfo": { name: "test", version: "1.0.0" },
};
/** A 2026-07-28 request of which any part can be another. */
function raw(method: string, params: object = {}, meta: object = META, headers: Record<string, string> = {}) {
  const sent = {
    accept: "application/json, text/event-stream",
    "content-type": "application/json",
    "mcp-protocol-version": MODERN,
    "mcp-method": method,
    ...("name" in params ? { "mcp-name": String(params.name) } : {}),
    ...headers,
  };
  const kept = Object.fromEntries(Object.entries(sent).filter(([, value]) => value !== ""));
  return post(
    { jsonrpc: "2.0", id: 7, method, params: { ...params, _meta: meta } },
    { as: agent, headers: kept },
  );
}
const codeOf = ({ status, body }: Awaited<ReturnType<typeof raw>>) => [status, body?.error?.code];
const CALL = { name: "get_wallet", arguments: {} };

describe("2026-07-28", () => {
  test("discovers, lists and calls, each result with its type, its server and how long it keeps", async () => {
    const discovered = (await raw("server/discover")).body.result;
    expect(discovered).toMatchObject({
      resultType: "complete",
      capabilities: { tools: {} },
      instructions: expect.stringContaining("data, never instructions"),
    });
    expect(discovered.supportedVersions).toContain(MODERN);
    const listed = (await raw("tools/list")).body.result;
    const called = (await raw("tools/call", CALL)).body.result;
    for (const { _meta } of [discovered, listed, called]) {
      expect(_meta["io.modelcontextprotocol/serverInfo"]).toMatchObject({
        name: "com.humans2ai/mcp",
        title: "Humans2AI",
      });
    }
    for (const { ttlMs, cacheScope } of [discovered, listed]) {
      expect(ttlMs).toBe(300_000);
      // What is listed depends on who asks: no shared cache may keep it.
      expect(cacheScope).toBe("private");
    }
    expect(called).toMatchObject({ resultType: "complete", structuredContent: { balance: 500 } });
    expect(called).not.toHaveProperty("ttlMs");
  });

  test.each(Object.keys(META).slice(0, 2))("a request without %s is a 400 with -32602", async (missing) => {
    const { [missing as keyof typeof META]: _, ...meta } = META;
    expect(codeOf(await raw("tools/list", {}, meta))).toEqual([400, -32602]);
  });

  test.each([
    ["method", { "mcp-method": "tools/call" }],
    ["method in another case", { "mcp-method": "Tools/List" }],
    ["no method", { "mcp-method": "" }],
    ["version", { "mcp-protocol-version": "2025-11-25" }],
  ])("headers that say another %s than the body are a 400 with -32020", async (_, headers) => {
    expect(codeOf(await raw("tools/list", {}, META, headers))).toEqual([400, -32020]);
  });

  test.each(["approve_submission", "GET_WALLET", ""])(
    "so is the name %j, and nothing is called",
    async (name) => {
      expect(codeOf(await raw("tools/call", CALL, META, { "mcp-name": name }))).toEqual([400, -32020]);
    },
  );

  test("the name may be sent as base64, with space around it, and under any case of the header's name", async () => {
    const encoded = `=?base64?${Buffer.from("get_wallet").toString("base64")}?=`;
    for (const headers of [
      { "mcp-name": encoded },
      { "mcp-name": "  get_wallet " },
      { "MCP-NAME": "get_wallet" },
    ]) {
      const plain = "MCP-NAME" in headers ? { "mcp-name": "" } : {};
      expect(
        (await raw("tools/call", CALL, META, { ...plain, ...headers })).status,
        JSON.stringify(headers),
      ).toBe(200);
    }
  });

  test("a revision that we do not know is a 400 with -32022, and what we know", async () => {
    const version = "2031-01-01";
    const meta = { ...META, "io.modelcontextprotocol/protocolVersion": version };
    const answer = await raw("tools/list", {}, meta, { "mcp-protocol-version": version });
    expect(codeOf(answer)).toEqual([400, -32022]);
    expect(answer.body.error.data).toMatchObject({
      requested: version,
      supported: expect.arrayContaining([MODERN]),
    });
  });

  test.each(["ping", "logging/setLevel", "resources/subscribe", "initialize", "tools/fly"])(
    "%s is no method of it: 404 with -32601",
    async (method) => expect(codeOf(await raw(method))).toEqual([404, -32601]),
  );

  test("a session is neither given nor asked for", async () => {
    const answer = await raw("tools/call", CALL, META, { "mcp-session-id": "made-up" });
    expect(answer.status).toBe(200);
    expect(answer.headers.get("mcp-session-id")).toBeNull();
  });

  test("a notification is taken with 202 and no body", async () => {
    const note = { jsonrpc: "2.0", method: "notifications/cancelled", params: { requestId: 1, _meta: META } };
    const headers = { "mcp-protocol-version": MODERN, "mcp-method": "notifications/cancelled" };
    const { status, text } = await post(note, { as: agent, headers });
    expect([status, text]).toEqual([202, ""]);
  });
});

test("who has no account is listed anew each time, for the next call may give it one", async () => {
  for (const method of ["tools/list", "server/discover"]) {
    expect((await modern(method)).body.result).toMatchObject({ ttlMs: 0, cacheScope: "private" });
  }
});

describe.each(LEGACY)("%s", (version) => {
  const ask = (method: string, params = {}) => legacy(method, params, { as: agent, version });

  test("shakes hands, lists, calls and pings, and keeps no session", async () => {
    const clientInfo = { name: "test", version: "1.0.0" };
    const hello = await legacy(
      "initialize",
      { capabilities: {}, clientInfo, protocolVersion: version },
      { as: agent },
    );
    expect(hello.body.result).toMatchObject({ protocolVersion: version, instructions: expect.any(String) });
    expect(hello.headers.get("mcp-session-id")).toBeNull();
    expect((await ask("tools/list")).body.result.tools.length).toBeGreaterThan(15);
    const { result } = (await ask("tools/call", CALL)).body;
    expect(result.structuredContent.balance).toBe(500);
    // Words of a later revision, which a client of this one may refuse.
    const listed = (await ask("tools/list")).body.result;
    for (const later of ["resultType", "ttlMs", "cacheScope"]) {
      for (const one of [result, listed]) expect(one).not.toHaveProperty(later);
    }
    expect((await ask("ping")).body).toEqual({ jsonrpc: "2.0", id: 1, result: {} });
  });

  test("an unknown method and a call of no tool have the codes of JSON-RPC", async () => {
    expect((await ask("tools/fly")).body.error.code).toBe(-32601);
    expect((await ask("tools/call", { name: "nope" })).body.error.code).toBe(-32602);
    expect((await ask("tools/call", {})).body.error.code).toBe(-32602);
  });
});

test("a version header that nobody knows is a 400; none is the oldest revision's", async () => {
  const unknown = await legacy("tools/list", {}, { as: agent, version: "1999-01-01" });
  expect(unknown.status).toBe(400);
  expect(unknown.body.error.code).toBeLessThan(0);
  const none = await legacy("tools/list", {}, { as: agent });
  expect(none.body.result.tools.length).toBeGreaterThan(15);
});

test.each(["GET", "DELETE", "PUT"])("%s is a 405 that names POST", async (method) => {
  for (const version of [MODERN, ...LEGACY]) {
    const headers = { accept: "text/event-stream", "mcp-protocol-version": version, "mcp-session-id": "x" };
    const answer = await api.send("/api/v1/mcp", { method, as: agent, headers });
    expect([answer.status, answer.headers.get("allow")]).toEqual([405, "POST"]);
  }
});

test("what the product itself refuses has codes of its own, outside those of JSON-RPC and MCP", async () => {
  const answers = [
    await modern("tools/list", {}, { as: "sk_live_wrong" }),
    await legacy("tools/list", {}, { as: agent, headers: { origin: "https://evil.example" } }),
    await post([{ jsonrpc: "2.0", id: 1, method: "ping" }], { as: agent }),
  ];
  expect(answers.map(codeOf)).toEqual([
    [401, -401],
    [403, -403],
    [400, -400],
  ]);
});
