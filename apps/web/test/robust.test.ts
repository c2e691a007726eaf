/** What must not bring the process down, nor be called a fault of ours. */

import { connect } from "node:net";
import { expect, test } from "vitest";
import { expectRefusal, startApi } from "./api.ts";
import { rawRequest } from "./raw.ts";

const api = await startApi();
const agent = await api.agent();
const raw = (text: string, patience?: number) => rawRequest(api.port, text, patience);
const AUTH = `authorization: Bearer ${agent.token}`;
const WALLET = '{"tool":"get_wallet"}';

function post(body: string, headers: string[] = [], host = "localhost") {
  const head = [`host: ${host}`, AUTH, "connection: close", ...headers].join("\r\n");
  return raw(`POST /api/v1/mcp HTTP/1.1\r\n${head}\r\n\r\n${body}`);
}
const sized = (body: string, length = body.length) => post(body, [`content-length: ${length}`]);

test("a body of more than 256 kB is a 400 that names the limit", async () => {
  const tooLarge = JSON.stringify({ tool: "get_wallet", input: { x: "x".repeat(256 * 1024) } });
  const answer = await api.send("/api/v1/mcp", { body: tooLarge, as: agent });
  expectRefusal(answer, 400, "VALIDATION_ERROR", "body: is larger than 256 kB");
  expect((await api.call("get_wallet", {}, { as: agent })).status).toBe(200);
});

test("it is refused by its announced length before it is sent, and the connection is closed", async () => {
  const reply = await sized("{", 10_000_000);
  expect(reply).toMatch(/^HTTP\/1\.1 400 /);
  expect(reply).toMatch(/^connection: close\r$/im);
});

test("it is refused without a length too, while it is still coming", async () => {
  const chunk = "x".repeat(64 * 1024);
  const chunks = `${chunk.length.toString(16)}\r\n${chunk}\r\n`.repeat(20);
  const reply = await post(chunks, ["transfer-encoding: chunked"]);
  expect(reply).toMatch(/^HTTP\/1\.1 400 /);
  expect(reply).toContain("is larger than 256 kB");
});

test("a body of exactly 256 kB is read", async () => {
  const empty = JSON.stringify({ tool: "x" });
  const body = JSON.stringify({ tool: `x${" ".repeat(256 * 1024 - empty.length)}` });
  expectRefusal(await api.send("/api/v1/mcp", { body, as: agent }), 400, "MCP_ERROR", /no tool named/);
});

test("one connection serves many requests, one after another, also after a refusal", async () => {
  const one = (body: string) =>
    `POST /api/v1/mcp HTTP/1.1\r\nhost: x\r\n${AUTH}\r\ncontent-length: ${body.length}\r\n\r\n${body}`;
  const text = await new Promise<string>((resolve) => {
    let all = "";
    const socket = connect(api.port, "127.0.0.1", () => socket.write(one(WALLET) + one("{") + one(WALLET)));
    socket.on("data", (data) => {
      all += data;
      if (all.split("HTTP/1.1 ").length === 4 && all.endsWith("}")) socket.destroy();
    });
    socket.on("close", () => resolve(all));
  });
  expect([...text.matchAll(/HTTP\/1\.1 (\d+)/g)].map((m) => m[1])).toEqual(["200", "400", "200"]);
});

test.each(["a b", "[::1", "x:y:z", "%", "/", "@", "\u00ff"])("the Host %j is no fault", async (host) => {
  expect(await sizedTo(host)).toMatch(/^HTTP\/1\.1 (200|400) /);
  const page = await raw(`GET /tasks HTTP/1.1\r\nhost: ${host}\r\nconnection: close\r\n\r\n`);
  expect(page).toMatch(/^HTTP\/1\.1 (404|400) /);
});
const sizedTo = (host: string) => post(WALLET, [`content-length: ${WALLET.length}`], host);

test.each(["/tasks/%zz", "/api/auth/%ff", "/%"])("the page address %s is a 400", async (path) => {
  const reply = await raw(`GET ${path} HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n`);
  expect(reply).toMatch(/^HTTP\/1\.1 400 /);
});

test.each([
  "/api/v1/%",
  "/api/v1/%ff%fe",
  "/api/v1/files/%2e%2e",
  "/api/v1/files/../../../etc/passwd",
  "/api/v1/files/file_%00",
  "/api/v1//mcp",
  "/api/v1/mcp;x",
  "/api/v1/__proto__",
  "/api/v1/toString",
  `/api/v1/${"x".repeat(8000)}`,
])("the address %s is no fault", async (path) => {
  const reply = await raw(`GET ${path} HTTP/1.1\r\nhost: x\r\nconnection: close\r\n${AUTH}\r\n\r\n`);
  expect(reply).toMatch(/^HTTP\/1\.1 4\d\d /);
  expect(reply.length).toBeLessThan(1000);
});

test.each(["TRACE", "PUT", "DELETE", "PATCH", "OPTIONS", "PROPFIND", "CONNECT", "BREW"])(
  "the method %s is no fault",
  async (method) => {
    const reply = await raw(`${method} /api/v1/mcp HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n`);
    expect(reply === "" || /^HTTP\/1\.1 40[05] /.test(reply), reply).toBe(true);
  },
);

test.each([
  ["an absolute address", "GET http://evil.example/api/v1/health HTTP/1.1\r\nhost: x"],
  ["an asterisk", "OPTIONS * HTTP/1.1\r\nhost: x"],
  ["no HTTP at all", "hello"],
  ["a header without a name", "GET /api/v1/health HTTP/1.1\r\nhost: x\r\n: y"],
  ["a header with a NUL", "GET /api/v1/health HTTP/1.1\r\nhost: x\r\nx: \u0000"],
  ["headers without end", `GET /api/v1/health HTTP/1.1\r\nhost: x\r\nx: ${"y".repeat(40_000)}`],
  ["two lengths", "POST /api/v1/mcp HTTP/1.1\r\nhost: x\r\ncontent-length: 1\r\ncontent-length: 2"],
  [
    "a smuggled length",
    "POST /api/v1/mcp HTTP/1.1\r\nhost: x\r\ncontent-length: 4\r\ntransfer-encoding: chunked",
  ],
])("%s is answered with a 4xx", async (_, head) => {
  expect(await raw(`${head}\r\nconnection: close\r\n\r\n`)).toMatch(/^HTTP\/1\.1 4\d\d /);
});

test("senders that leave in the middle, or never finish, hinder nobody", async () => {
  const half = `POST /api/v1/mcp HTTP/1.1\r\nhost: x\r\n${AUTH}\r\ncontent-length: 500\r\n\r\n{"tool":`;
  const file = `POST /api/v1/files HTTP/1.1\r\nhost: x\r\n${AUTH}\r\ncontent-type: multipart/form-data; boundary=x\r\ncontent-length: 500\r\n\r\n--x\r\n`;
  const whole = `POST /api/v1/mcp HTTP/1.1\r\nhost: x\r\n${AUTH}\r\ncontent-length: ${WALLET.length}\r\n\r\n${WALLET}`;
  const open = (text: string) =>
    new Promise<ReturnType<typeof connect>>((resolve) => {
      const socket = connect(api.port, "127.0.0.1", () => socket.write(text, () => resolve(socket)));
      socket.on("error", () => {});
    });
  const slow = await Promise.all(Array.from({ length: 50 }, () => open("POST /api/v1/mcp HTTP/1.1\r\nho")));
  for (const text of [half, file, whole, half, file, whole]) {
    const gone = await Promise.all(Array.from({ length: 10 }, () => open(text)));
    for (const socket of gone) socket.resetAndDestroy();
  }
  expect((await api.call("get_wallet", {}, { as: agent })).status).toBe(200);
  for (const socket of slow) socket.destroy();
});

test("health says that all is well, with GET and HEAD, to everyone", async () => {
  const { status, body } = await api.send("/api/v1/health");
  expect(status).toBe(200);
  expect(body).toEqual({
    result: { status: "ok", database: "ok", now: expect.stringMatching(/^20/) },
    error: null,
  });
  expect(Math.abs(Date.parse(body.result.now) - Date.now())).toBeLessThan(60_000);
  const head = await api.send("/api/v1/health", { method: "HEAD" });
  expect([head.status, head.text]).toEqual([200, ""]);
});
