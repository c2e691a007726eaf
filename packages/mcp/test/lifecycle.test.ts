import { expect, test } from "vitest";
import { sendResult } from "./edge.ts";
import { call, modern, request } from "./pipe.ts";
import { both, startEdge, startPipe } from "./suite.ts";

test("--version and --help answer on stdout and end well", async () => {
  const version = startPipe({}, ["--version"]);
  expect(await version.exited).toEqual({ code: 0, signal: null });
  expect(version.lines).toEqual(["1.0.0"]);
  const help = startPipe({}, ["--help"]);
  expect((await help.exited).code).toBe(0);
  expect(help.lines.join("\n")).toContain("HUMANS2AI_URL");
});

test.each([
  [{ HUMANS2AI_URL: "not a url" }, "HUMANS2AI_URL is not a web address"],
  [{ HUMANS2AI_URL: "ftp://humans2ai.com" }, "must start with https://"],
  [{ HUMANS2AI_URL: "http://192.0.2.1:3000" }, "would send your key unencrypted"],
  [{ HUMANS2AI_URL: "https://me:secret@humans2ai.com" }, "put the key in API_KEY"],
  [{ API_KEY: "sk live oops" }, "paste the key again"],
  [{ HUMANS2AI_TIMEOUT_MS: "soon" }, "HUMANS2AI_TIMEOUT_MS must be a whole number"],
])("a wrong setting is one clear sentence: %j", async (env: Record<string, string>, sentence) => {
  const pipe = startPipe(env);
  expect(await pipe.exited).toEqual({ code: 1, signal: null });
  expect(pipe.lines).toEqual([]);
  expect(pipe.stderr).toContain(sentence);
  expect(pipe.stderr.trim().split("\n")).toHaveLength(1);
  expect(pipe.stderr).not.toMatch(/secret|sk live/);
});

test("an unknown option is refused", async () => {
  const pipe = startPipe({}, ["--port=1"]);
  expect((await pipe.exited).code).toBe(1);
});

test("the address may have a slash, a path, or the whole endpoint", async () => {
  const edge = await startEdge((seen, res) => sendResult(seen, res));
  for (const end of ["/", "/base/", "/api/v1/mcp"]) {
    const pipe = startPipe({ HUMANS2AI_URL: edge.url + end });
    await pipe.ask(request(1, "ping"));
  }
  expect(edge.seen.map((seen) => seen.path)).toEqual(["/api/v1/mcp", "/base/api/v1/mcp", "/api/v1/mcp"]);
});

test("plain http to another machine is possible when asked for", async () => {
  const pipe = startPipe({ HUMANS2AI_URL: "http://192.0.2.1:3000", HUMANS2AI_ALLOW_HTTP: "1" });
  expect(await pipe.end()).toBe(0);
});

test("when the client closes stdin, what is under way is answered before the end", async () => {
  const { edge, pipe } = await both((seen, res) => {
    if (seen.number === 2) pipe.child.stdin.end();
    pipe.child.stdin.once("close", () => sendResult(seen, res));
  });
  pipe.send(call(1), call(2));
  expect((await pipe.exited).code).toBe(0);
  expect(edge.seen).toHaveLength(2);
  expect(pipe.lines.map((line) => JSON.parse(line).id).sort()).toEqual([1, 2]);
});

test("a last line without its newline counts", async () => {
  const { pipe } = await both((seen, res) => sendResult(seen, res));
  pipe.write(JSON.stringify(request(1, "ping")));
  expect(await pipe.end()).toBe(0);
  expect(pipe.lines).toHaveLength(1);
});

test("an endless stream does not hold up the end", async () => {
  const { edge, pipe } = await both((_seen, res) =>
    res.writeHead(200, { "content-type": "text/event-stream" }).flushHeaders(),
  );
  pipe.send(modern(1, "subscriptions/listen"));
  await edge.arrived(1);
  const started = Date.now();
  expect(await pipe.end()).toBe(0);
  expect(Date.now() - started).toBeLessThan(4_000);
});

test("a request that never ends holds up the end for some seconds only", async () => {
  const { edge, pipe } = await both(() => undefined);
  pipe.send(call(1));
  await edge.arrived(1);
  expect(await pipe.end()).toBe(0);
  expect(pipe.lines).toEqual([]);
});

test.each([
  ["SIGINT", 130],
  ["SIGTERM", 143],
] as const)("%s ends it at once", async (signal, code) => {
  const { edge, pipe } = await both(() => undefined);
  pipe.send(call(1));
  await edge.arrived(1);
  pipe.child.kill(signal);
  expect(await pipe.exited).toEqual({ code, signal: null });
});

test("a client that no longer reads ends it quietly", async () => {
  const { edge, pipe } = await both((seen, res) => sendResult(seen, res));
  await pipe.ask(request(1, "ping"));
  pipe.child.stdout.destroy();
  pipe.send(request(2, "ping"));
  await edge.arrived(2);
  expect((await pipe.exited).code).toBe(0);
  expect(pipe.stderr).toBe("");
});
