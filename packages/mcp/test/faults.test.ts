import { expect, test } from "vitest";
import { openStream, sendJson, sendResult } from "./edge.ts";
import { call, modern, request, toolError } from "./pipe.ts";
import { both, startEdge, startPipe } from "./suite.ts";

const KEY = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

test("a call is tried again with its own key, and the next call has another", async () => {
  const { edge, pipe } = await both((seen, res) => {
    if (seen.number === 1) sendJson(res, { error: "overloaded" }, 503);
    else if (seen.number === 2) sendJson(res, { error: "oops" }, 500);
    else sendResult(seen, res, { content: [] });
  });
  expect(await pipe.ask(call(1))).toEqual({ jsonrpc: "2.0", id: 1, result: { content: [] } });
  await pipe.ask(call(2));
  const keys = edge.seen.map((seen) => seen.headers["idempotency-key"]);
  expect(keys).toHaveLength(4);
  expect(keys[0]).toMatch(KEY);
  expect(new Set(keys.slice(0, 3)).size).toBe(1);
  expect(keys[3]).toMatch(KEY);
  expect(keys[3]).not.toBe(keys[0]);
});

test("only calls carry an idempotency key", async () => {
  const { edge, pipe } = await both((seen, res) => sendResult(seen, res));
  await pipe.ask(request(1, "tools/list"));
  expect(edge.seen[0]?.headers).not.toHaveProperty("idempotency-key");
});

test("an agent's own key travels in the body alone", async () => {
  const { edge, pipe } = await both((seen, res) => sendResult(seen, res, { content: [] }));
  const params = { name: "create_task", arguments: { idempotencyKey: "mine" } };
  await pipe.ask(request(1, "tools/call", params));
  expect(edge.seen[0]?.headers).not.toHaveProperty("idempotency-key");
  expect(edge.seen[0]?.json.params).toEqual(params);
});

test("a server that keeps failing is asked four times, then the model is told", async () => {
  const { edge, pipe } = await both((_seen, res) =>
    sendJson(res, { result: null, error: { code: "INTERNAL_ERROR", message: "Broken, id 7f." } }, 500),
  );
  const text = toolError(await pipe.ask(call(1)));
  expect(edge.seen).toHaveLength(4);
  expect(text).toBe(
    `${edge.url} has a problem (HTTP 500: Broken, id 7f): the call may still have gone through, so check before repeating it.`,
  );
});

test("a limit with a short Retry-After is waited for", async () => {
  const { edge, pipe } = await both((seen, res) => {
    if (seen.number === 1) sendJson(res, {}, 429, { "retry-after": "1" });
    else sendResult(seen, res);
  });
  expect(await pipe.ask(call(1))).toHaveProperty("result.ok", true);
  expect(edge.seen[1]!.at - edge.seen[0]!.at).toBeGreaterThanOrEqual(990);
});

test("a limit with a long Retry-After is reported at once", async () => {
  const { edge, pipe } = await both((_seen, res) => sendJson(res, {}, 429, { "retry-after": "3600" }));
  expect(toolError(await pipe.ask(call(1)))).toBe(`${edge.url} is limiting requests: try again in 3600 s.`);
  expect(edge.seen).toHaveLength(1);
});

test("a connection that breaks before or in the middle of the answer is tried again", async () => {
  const { edge, pipe } = await both((seen, res) => {
    if (seen.number === 1) res.destroy();
    else if (seen.number === 2) {
      res.writeHead(200, { "content-type": "application/json", "content-length": "500" });
      res.write('{"jsonrpc":"2.0","id":1,"res', () => res.destroy());
    } else sendResult(seen, res);
  });
  expect(await pipe.ask(call(1))).toHaveProperty("result.ok", true);
  expect(edge.seen).toHaveLength(3);
  expect(new Set(edge.seen.map((seen) => seen.headers["idempotency-key"])).size).toBe(1);
});

test("a stream that ends without the answer is asked for again when it is a call", async () => {
  const { edge, pipe } = await both((seen, res) => {
    if (seen.number > 1) return sendResult(seen, res);
    openStream(res);
    res.end('data: {"jsonrpc":"2.0","method":"notifications/progress","params":{}}\n\n');
  });
  expect(await pipe.ask(call(1))).toHaveProperty("method", "notifications/progress");
  expect(await pipe.next()).toHaveProperty("result.ok", true);
  expect(edge.seen).toHaveLength(2);
});

test("a stream that has said something is not asked for again when it is not a call", async () => {
  const { edge, pipe } = await both((_seen, res) => {
    openStream(res);
    res.end('data: {"jsonrpc":"2.0","method":"notifications/progress"}\n\n');
  });
  await pipe.ask(modern(1, "resources/read", { uri: "x://1" }));
  expect(await pipe.next()).toMatchObject({ id: 1, error: { code: -31000 } });
  expect(edge.seen).toHaveLength(1);
});

test("a server that never answers is given up, and the model is told to check", async () => {
  const { edge, pipe } = await both(() => undefined, { HUMANS2AI_TIMEOUT_MS: "100" });
  expect(toolError(await pipe.ask(call(1)))).toBe(
    `${edge.url} did not answer within 0.1 s: the call may still have gone through, so check before repeating it.`,
  );
  expect(edge.seen).toHaveLength(4);
});

test("a server that stops in the middle of its answer is given up", async () => {
  const { edge, pipe } = await both(
    (_seen, res) => {
      res.writeHead(200, { "content-type": "application/json" });
      res.write('{"jsonrpc"');
    },
    { HUMANS2AI_TIMEOUT_MS: "100" },
  );
  expect(await pipe.ask(request(1, "tools/list"))).toMatchObject({
    error: { code: -31000, message: `${edge.url} did not answer within 0.1 s: try again later.` },
  });
});

test("a server that is down gives a tool error on calls and a JSON-RPC error on the rest", async () => {
  const edge = await startEdge(() => undefined);
  const { url } = edge;
  await edge.stop();
  const pipe = startPipe({ HUMANS2AI_URL: url });
  const sentence = `Could not reach ${url} (ECONNREFUSED): check HUMANS2AI_URL and that the server is running, then try again.`;
  expect(toolError(await pipe.ask(call(1)))).toBe(sentence);
  expect(await pipe.ask(request(2, "initialize"))).toEqual({
    jsonrpc: "2.0",
    id: 2,
    error: { code: -31000, message: sentence },
  });
  expect(await pipe.ask(modern(3, "tools/call", { name: "echo" }))).toMatchObject({
    result: { resultType: "complete", isError: true },
  });
  expect(await pipe.end()).toBe(0);
});

test("a page in place of an answer points at the address", async () => {
  const { edge, pipe } = await both((_seen, res) => {
    res.writeHead(404, { "content-type": "text/html; charset=utf-8" }).end("<h1>Not found</h1>");
  });
  expect(toolError(await pipe.ask(call(1)))).toBe(
    `${edge.url} did not answer like a Humans2AI server (HTTP 404, text/html): check HUMANS2AI_URL.`,
  );
  edge.handler = (_seen, res) =>
    void res.writeHead(200, { "content-type": "text/html" }).end("<h1>Welcome</h1>");
  expect(await pipe.ask(request(2, "tools/list"))).toHaveProperty("error.code", -31000);
  edge.handler = (_seen, res) => sendJson(res, { status: "ok" });
  expect(await pipe.ask(request(3, "tools/list"))).toHaveProperty("error.code", -31000);
  expect(edge.seen).toHaveLength(3);
});

test("a redirect is not followed, so that the key stays where it was meant for", async () => {
  const { edge, pipe } = await both((_seen, res) => {
    res.writeHead(308, { location: "https://www.example.com/api/v1/mcp" }).end();
  });
  expect(toolError(await pipe.ask(call(1)))).toBe(
    `${edge.url} redirects to https://www.example.com (HTTP 308): set HUMANS2AI_URL to the final address.`,
  );
});

test("a missing and a wrong key are told apart", async () => {
  const { edge, pipe } = await both((_seen, res) =>
    sendJson(res, { error: { message: "Who are you?" } }, 401),
  );
  expect(toolError(await pipe.ask(call(1)))).toBe(
    `${edge.url} needs a key for this (Who are you?): set API_KEY in the MCP configuration, or call register or login, which work without one.`,
  );
  const keyed = startPipe({ HUMANS2AI_URL: edge.url, API_KEY: "sk_live_wrong" });
  expect(toolError(await keyed.ask(call(1)))).toBe(
    `${edge.url} did not accept the key (Who are you?): check API_KEY, or log in again.`,
  );
  expect(edge.seen.map((seen) => seen.headers.authorization)).toEqual([undefined, "Bearer sk_live_wrong"]);
  await keyed.end();
  expect(keyed.stderr).not.toContain("sk_live_wrong");
});

test("the server's own JSON-RPC errors pass through, with the id that was asked", async () => {
  const error = { code: -32602, message: "No such tool", data: { name: "nope" } };
  const { edge, pipe } = await both((_seen, res) => sendJson(res, { jsonrpc: "2.0", id: 1, error }, 400));
  expect(await pipe.ask(call(1, "nope"))).toEqual({ jsonrpc: "2.0", id: 1, error });
  edge.handler = (_seen, res) => sendJson(res, { jsonrpc: "2.0", id: null, error }, 404);
  expect(await pipe.ask(modern(2, "no/such"))).toEqual({ jsonrpc: "2.0", id: 2, error });
  expect(edge.seen).toHaveLength(2);
});

test("a notification that the server refuses is a line on stderr and nothing on stdout", async () => {
  const { edge, pipe } = await both((seen, res) => {
    if (seen.json.id === undefined) sendJson(res, {}, 503);
    else sendResult(seen, res);
  });
  pipe.send({ jsonrpc: "2.0", method: "notifications/roots/list_changed" });
  await edge.arrived(4);
  expect(await pipe.ask(request(1, "ping"))).toHaveProperty("id", 1);
  await pipe.end();
  expect(edge.seen).toHaveLength(5);
  expect(pipe.stderr).toContain("did not take notifications/roots/list_changed (503)");
  expect(pipe.lines).toEqual([]);
});

test("an answer too large to hold is refused", async () => {
  const { pipe } = await both((_seen, res) => {
    res.writeHead(200, { "content-type": "application/json" });
    res.end(Buffer.alloc(17 * 1024 * 1024, "x"));
  });
  expect(toolError(await pipe.ask(call(1)))).toContain("is larger than 16 MiB");
});
