import { expect, test } from "vitest";
import { type Json, openStream, sendJson, sendResult } from "./edge.ts";
import { call, MODERN, modern, request } from "./pipe.ts";
import { both } from "./suite.ts";

test("a legacy conversation: handshake, version and session headers from then on", async () => {
  const { edge, pipe } = await both((seen, res) => {
    if (seen.json.method !== "initialize") return sendResult(seen, res);
    const result = { protocolVersion: "2025-06-18", capabilities: {}, serverInfo: {} };
    sendJson(res, { jsonrpc: "2.0", id: seen.json.id, result }, 200, { "mcp-session-id": "s-1" });
  });
  await pipe.ask(request(0, "initialize", { protocolVersion: "2025-11-25" }));
  pipe.send({ jsonrpc: "2.0", method: "notifications/initialized" });
  await pipe.ask(call("a"));
  const [first, second, third] = edge.seen.map((seen) => seen.headers);
  expect(first).not.toHaveProperty("mcp-protocol-version");
  expect(first).not.toHaveProperty("mcp-session-id");
  expect(edge.seen[1]!.json.method).toBe("notifications/initialized");
  for (const headers of [second, third]) {
    expect(headers).toMatchObject({ "mcp-protocol-version": "2025-06-18", "mcp-session-id": "s-1" });
    expect(headers).not.toHaveProperty("mcp-method");
  }
  expect(third).toMatchObject({
    accept: "application/json, text/event-stream",
    "content-type": "application/json",
    "x-mcp-client-version": "1.0.0",
  });
  expect(edge.seen[0]!.path).toBe("/api/v1/mcp");
});

test("what comes right behind a handshake waits for its answer", async () => {
  const { edge, pipe } = await both((seen, res) =>
    sendResult(seen, res, seen.json.method === "initialize" ? { protocolVersion: "2025-11-25" } : {}),
  );
  pipe.send(
    request(1, "initialize"),
    { jsonrpc: "2.0", method: "notifications/initialized" },
    request(2, "tools/list"),
  );
  expect(await pipe.next()).toHaveProperty("id", 1);
  expect(await pipe.next()).toHaveProperty("id", 2);
  expect(edge.seen[0]!.json.method).toBe("initialize");
  expect(edge.seen.slice(1).map((seen) => seen.headers["mcp-protocol-version"])).toEqual([
    "2025-11-25",
    "2025-11-25",
  ]);
});

test("a stateless conversation: each request's own version, method and name as headers", async () => {
  const { edge, pipe } = await both((seen, res) => sendResult(seen, res));
  await pipe.ask(modern(1, "server/discover"));
  await pipe.ask(modern(2, "tools/call", { name: "get_wallet" }));
  await pipe.ask(modern(3, "prompts/get", { name: "Grüße" }));
  await pipe.ask(modern(4, "resources/read", { uri: "humans2ai://tasks/1" }));
  await pipe.ask(modern(5, "tasks/get", { taskId: "t 1 " }));
  const headers = edge.seen.map((seen) => [seen.headers["mcp-method"], seen.headers["mcp-name"]]);
  expect(headers).toEqual([
    ["server/discover", undefined],
    ["tools/call", "get_wallet"],
    ["prompts/get", "=?base64?R3LDvMOfZQ==?="],
    ["resources/read", "humans2ai://tasks/1"],
    ["tasks/get", "=?base64?dCAxIA==?="],
  ]);
  expect(edge.seen.every((seen) => seen.headers["mcp-protocol-version"] === MODERN)).toBe(true);
});

test("messages travel as they are, numbers and text untouched", async () => {
  const { edge, pipe } = await both((_seen, res) => {
    res.writeHead(200, { "content-type": "application/json; charset=utf-8" });
    res.end(
      '{\r\n  "jsonrpc": "2.0",\n  "id": 1,\n  "result": { "n": 12345678901234567890.10, "s": "é\\n" }\n}\n',
    );
  });
  const line = '{"jsonrpc":"2.0","id":1,"method":"x","params":{"big":98765432109876543210,"t":"日本"}}';
  pipe.write(`${line}\r\n`);
  await pipe.next();
  expect(edge.seen[0]!.text).toBe(line);
  pipe.write(`\n\n${line}\n`);
  await expect.poll(() => pipe.lines.length).toBe(1);
  expect(pipe.lines[0]).toContain('"n": 12345678901234567890.10, "s": "é\\n"');
});

test("a stream cut at odd places is put together again, message by message", async () => {
  const progress = { jsonrpc: "2.0", method: "notifications/progress", params: { text: "ça va 🙂" } };
  const question = { jsonrpc: "2.0", id: "q1", method: "elicitation/create", params: {} };
  const answer = { jsonrpc: "2.0", id: 1, result: { ok: true } };
  const body = Buffer.from(
    `: hello\r\n\r\nid: 0\r\ndata:\r\n\r\nevent: message\r\ndata: ${JSON.stringify(progress)}\r\n\r\n` +
      `event: ping\ndata: nothing\n\ndata: {"jsonrpc":"2.0","id":"q1",\ndata: "method":"elicitation/create","params":{}}\n\n` +
      `data: ${JSON.stringify(answer)}\n\n`,
  );
  const { edge, pipe } = await both(async (seen, res) => {
    if (seen.json.method === undefined) return sendResult(seen, res);
    openStream(res);
    for (const byte of body) await new Promise<void>((sent) => res.write(Buffer.from([byte]), () => sent()));
    res.end();
  });
  expect(await pipe.ask(call(1))).toEqual(progress);
  expect(await pipe.next()).toEqual(question);
  expect(await pipe.next()).toEqual(answer);
  pipe.send({ jsonrpc: "2.0", id: "q1", result: { action: "accept" } });
  await edge.arrived(2);
  expect(edge.seen[1]!.json).toEqual({ jsonrpc: "2.0", id: "q1", result: { action: "accept" } });
});

test("events come through as they happen, not when the stream ends", async () => {
  const event = { jsonrpc: "2.0", method: "notifications/tools/list_changed" };
  const { edge, pipe } = await both((_seen, res) => {
    openStream(res);
    res.write(`data: ${JSON.stringify(event)}\n\n`);
  });
  expect(await pipe.ask(modern(1, "subscriptions/listen"))).toEqual(event);
  pipe.send({ jsonrpc: "2.0", method: "notifications/cancelled", params: { requestId: 1 } });
  await edge.seen[0]!.dropped;
  expect(edge.seen).toHaveLength(1);
});

test("fifty calls at once are under way together and each gets its own answer", async () => {
  const held: (() => void)[] = [];
  const { edge, pipe } = await both((seen, res) => {
    held.push(() => sendResult(seen, res, { echo: (seen.json.params as Json).arguments }));
    if (held.length === 50) for (const release of held.reverse()) release();
  });
  pipe.send(...Array.from({ length: 50 }, (_, n) => call(n, "echo", { n })));
  const answers: Json[] = [];
  while (answers.length < 50) answers.push(await pipe.next());
  for (const { id, result } of answers) expect(result).toEqual({ echo: { n: id } });
  expect(new Set(answers.map(({ id }) => id)).size).toBe(50);
  expect(new Set(edge.seen.map((seen) => seen.headers["idempotency-key"])).size).toBe(50);
});

test("a cancelled call lets go of its connection, is not answered, and a legacy server is told", async () => {
  const { edge, pipe } = await both((seen, res) => {
    if (seen.json.method === "initialize") sendResult(seen, res, { protocolVersion: "2025-11-25" });
    else if (seen.json.method !== "tools/call") sendResult(seen, res);
  });
  await pipe.ask(request(1, "initialize"));
  pipe.send(call(2));
  await edge.arrived(2);
  const cancelled = {
    jsonrpc: "2.0",
    method: "notifications/cancelled",
    params: { requestId: 2, reason: "enough" },
  };
  pipe.send(cancelled);
  await edge.seen[1]!.dropped;
  await edge.arrived(3);
  expect(edge.seen[2]!.json).toEqual(cancelled);
  expect(await pipe.ask(request(3, "ping"))).toHaveProperty("id", 3);
  await pipe.end();
  expect(pipe.lines).toEqual([]);
});

test("a cancelled call is not tried again, and a stateless server needs no message", async () => {
  const { edge, pipe } = await both(
    (seen, res) => {
      if (seen.json.method === "tools/call") sendJson(res, {}, 503);
      else sendResult(seen, res);
    },
    { HUMANS2AI_RETRY_BASE_MS: "5000" },
  );
  pipe.send(modern(1, "tools/call", { name: "echo" }));
  await edge.arrived(1);
  await pipe.ask(modern(2, "tools/list"));
  pipe.send({ jsonrpc: "2.0", method: "notifications/cancelled", params: { requestId: 1 } });
  expect(await pipe.end()).toBe(0);
  expect(pipe.lines).toEqual([]);
  expect(edge.seen.map((seen) => seen.json.method)).toEqual(["tools/call", "tools/list"]);
});

test("a batch is answered with a batch, each call with its own key", async () => {
  const { edge, pipe } = await both((seen, res) => sendResult(seen, res, { was: seen.json.id }));
  pipe.send([call(1), call(2), { jsonrpc: "2.0", method: "notifications/x" }, { nonsense: true }]);
  const answers = (await pipe.next()) as unknown as Json[];
  const byId = new Map(answers.map((answer) => [answer.id, answer]));
  expect(byId.get(1)).toHaveProperty("result.was", 1);
  expect(byId.get(2)).toHaveProperty("result.was", 2);
  expect(byId.get(null)).toHaveProperty("error.code", -32600);
  const keys = edge.seen.map((seen) => seen.headers["idempotency-key"]).filter((key) => key !== undefined);
  expect(new Set(keys).size).toBe(2);
});

test("broken input is answered and does no harm", async () => {
  const { pipe } = await both((seen, res) => sendResult(seen, res));
  pipe.write("this is not json\n");
  expect(await pipe.next()).toMatchObject({ id: null, error: { code: -32700 } });
  pipe.write("[]\n");
  expect(await pipe.next()).toMatchObject({ id: null, error: { code: -32600 } });
  pipe.write('{"id":7,"method":"x"}\n');
  expect(await pipe.next()).toMatchObject({ id: 7, error: { code: -32600 } });
  pipe.write('{"jsonrpc":"2.0","id":8,"met');
  pipe.write('hod":"ping"}\n');
  expect(await pipe.next()).toMatchObject({ id: 8, result: { ok: true } });
});

test("a very long line goes through, and a line beyond the limit is refused", async () => {
  const { edge, pipe } = await both((seen, res) => sendResult(seen, res));
  await pipe.ask(call(1, "echo", { text: "x".repeat(4 * 1024 * 1024) }));
  expect(edge.seen[0]!.text.length).toBeGreaterThan(4 * 1024 * 1024);
  pipe.write(`${"y".repeat(17 * 1024 * 1024)}\n`);
  expect(await pipe.next()).toMatchObject({ id: null, error: { code: -32600 } });
  expect(await pipe.ask(call(2))).toHaveProperty("id", 2);
});

test("connections are kept and used again", async () => {
  const { edge, pipe } = await both((seen, res) => sendResult(seen, res));
  for (let id = 1; id <= 5; id++) await pipe.ask(call(id));
  expect(edge.connections).toBe(1);
});

test("the server's word about an old client is passed on once, on stderr", async () => {
  const { pipe } = await both((seen, res) => {
    res.setHeader("x-mcp-version-warning", "please upgrade to 1.2.0");
    sendResult(seen, res);
  });
  await pipe.ask(call(1));
  await pipe.ask(call(2));
  await pipe.end();
  expect(pipe.stderr.match(/please upgrade/g)).toHaveLength(1);
});

test("tasks of the extension, and their news, travel like the rest", async () => {
  const state = { taskId: "task_1", status: "input_required", ttlMs: null };
  const { edge, pipe } = await both((seen, res) => {
    if (seen.json.method === "tools/call") sendResult(seen, res, { resultType: "task", ...state });
    else if (seen.json.method !== "subscriptions/listen") sendResult(seen, res, { resultType: "complete" });
    else {
      openStream(res);
      res.write(
        `data: {"jsonrpc":"2.0","method":"notifications/tasks","params":${JSON.stringify(state)}}\n\n`,
      );
    }
  });
  const created = await pipe.ask(modern(1, "tools/call", { name: "ask_human" }));
  expect(created).toHaveProperty("result", { resultType: "task", ...state });
  const news = await pipe.ask(modern(2, "subscriptions/listen", { taskIds: ["task_1"] }));
  expect(news).toEqual({ jsonrpc: "2.0", method: "notifications/tasks", params: state });
  const answer = modern(3, "tasks/update", { taskId: "task_1", inputResponses: { q: { action: "accept" } } });
  await pipe.ask(answer);
  await pipe.ask(modern(4, "tasks/cancel", { taskId: "task_1" }));
  expect(edge.seen[2]!.json).toEqual(answer);
  expect(edge.seen.slice(2).map((seen) => seen.headers["mcp-name"])).toEqual(["task_1", "task_1"]);
});
