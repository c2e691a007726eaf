import net from "node:net";
import { gzipSync } from "node:zlib";
import { afterAll, expect, test } from "vitest";
import { type SenderOptions, webhookSender } from "../src/server/webhook-sender.ts";
import { startReceiver, TEST_TLS } from "./receiver.ts";

const going = new AbortController().signal;
const REQUEST = { headers: { "x-humans2ai-event": "task.created" }, body: '{"id":"evt_1","name":"é"}' };
const open = (more: Partial<SenderOptions> = {}) => webhookSender({ allowPrivate: true, ...more });
const send = (url: string, more: Partial<SenderOptions> = {}) => open(more)({ url, ...REQUEST }, going);
const toLoopback = async () => ["127.0.0.1"];

/** A server that speaks bytes, not HTTP. */
async function rawServer(onConnection: (socket: net.Socket) => void): Promise<number> {
  const sockets = new Set<net.Socket>();
  const server = net.createServer((socket) => {
    sockets.add(socket);
    socket.on("error", () => {});
    onConnection(socket);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  afterAll(async () => {
    for (const socket of sockets) socket.destroy();
    await new Promise((resolve) => server.close(resolve));
  });
  return (server.address() as net.AddressInfo).port;
}

test("posts the body as it is, and tells how the endpoint answered", async () => {
  const receiver = await startReceiver((res) => {
    res.writeHead(503, { "retry-after": "120" }).end("later, please");
  });
  expect(await send(`${receiver.url}/in?x=1`)).toEqual({
    status: 503,
    body: "later, please",
    retryAfter: "120",
  });
  expect(receiver.got).toMatchObject([{ method: "POST", path: "/in?x=1", body: REQUEST.body }]);
  const { headers } = receiver.got[0]!;
  expect(headers).toMatchObject({ "content-length": "26", "x-humans2ai-event": "task.created" });
  expect(headers["accept-encoding"]).toBeUndefined();
});

test("over TLS, the certificate must be trusted and be the name's own", async () => {
  const receiver = await startReceiver(undefined, TEST_TLS);
  const resolve = toLoopback;
  const url = `https://hooks.example.com:${receiver.port}/`;
  expect(await send(url, { resolve, ca: TEST_TLS.cert })).toMatchObject({ status: 200, body: "ok" });
  const refused = {
    status: null,
    error: expect.stringMatching(/^The TLS certificate or handshake was refused/),
  };
  expect(await send(url, { resolve })).toEqual(refused);
  const other = url.replace("hooks", "other");
  expect(await send(other, { resolve, ca: TEST_TLS.cert })).toEqual(refused);
  expect(receiver.got).toHaveLength(1);
});

test("follows no redirect, not even to where it may go", async () => {
  const target = await startReceiver();
  for (const status of [301, 302, 303, 307, 308]) {
    const receiver = await startReceiver((res) => res.writeHead(status, { location: target.url }).end());
    expect(await send(receiver.url)).toMatchObject({ status });
  }
  expect(target.got).toEqual([]);
});

test("reads no more of an answer than its beginning", async () => {
  let written = 0;
  const receiver = await startReceiver((res) => {
    const pour = () => {
      while (!res.destroyed && written < 1e9) {
        written += 65_536;
        if (!res.write("x".repeat(65_536))) return void res.once("drain", pour);
      }
    };
    pour();
  });
  const answer = await send(receiver.url);
  expect(answer).toEqual({ status: 200, body: "x".repeat(4096), retryAfter: null });
  await new Promise((resolve) => setTimeout(resolve, 200));
  expect(written).toBeLessThan(50e6);
});

test("does not unpack what is compressed", async () => {
  const bomb = gzipSync(Buffer.alloc(20_000_000));
  const receiver = await startReceiver((res) => {
    res.writeHead(200, { "content-encoding": "gzip" }).end(bomb);
  });
  expect(await send(receiver.url)).toEqual({ status: 200, body: "", retryAfter: null });
});

test("an answer must be complete in time: silence, drops and slow names are cut off", async () => {
  const timeoutMs = 300;
  const late = { status: null, error: "No complete answer within 0.3 s." };
  const silent = await startReceiver(() => {});
  expect(await send(silent.url, { timeoutMs })).toEqual(late);
  const dripping = await startReceiver((res) => {
    res.writeHead(200);
    const timer = setInterval(() => res.write("."), 20);
    res.on("close", () => clearInterval(timer));
  });
  expect(await send(dripping.url, { timeoutMs })).toEqual(late);
  const mute = await rawServer(() => {});
  const tls = { timeoutMs, resolve: toLoopback };
  expect(await send(`https://hooks.example.com:${mute}/`, tls)).toEqual(late);
  const chatty = await rawServer((socket) => {
    const timer = setInterval(() => socket.write("HTTP/1.1 100 Continue\r\n\r\n"), 20);
    socket.on("close", () => clearInterval(timer));
  });
  expect(await send(`http://127.0.0.1:${chatty}/`, { timeoutMs })).toEqual(late);
  const slowName = { timeoutMs, resolve: () => new Promise<string[]>(() => {}) };
  expect(await send("http://slow.example.com/", slowName)).toEqual(late);
});

test("the time that an attempt may take is 15 s unless a test says otherwise", async () => {
  const { WEBHOOK_TIMEOUT_MS } = await import("@humans2ai/core/setup");
  expect(WEBHOOK_TIMEOUT_MS).toBe(15_000);
});

test("a broken connection, endless headers and what is no HTTP are failures with a reason", async () => {
  const failed = { status: null, error: expect.stringMatching(/^The connection failed \([A-Z_0-9]+\)\.$/) };
  const closing = await rawServer((socket) => socket.destroy());
  expect(await send(`http://127.0.0.1:${closing}/`)).toEqual(failed);
  const halfway = await startReceiver((res) => {
    res.writeHead(200, { "content-length": "100" });
    res.write("half");
    setTimeout(() => res.destroy(), 20);
  });
  expect(await send(halfway.url)).toEqual(failed);
  const wordy = await rawServer((socket) => {
    socket.write(`HTTP/1.1 200 OK\r\nx: ${"x".repeat(100_000)}\r\n\r\n`);
  });
  expect(await send(`http://127.0.0.1:${wordy}/`)).toEqual(failed);
  const other = await rawServer((socket) => socket.write("220 mail.example.com ESMTP\r\n"));
  expect(await send(`http://127.0.0.1:${other}/`)).toEqual(failed);
  const free = await rawServer(() => {});
  expect(await send(`https://127.0.0.1:${free}/`, { timeoutMs: 200 })).toMatchObject({ status: null });
});

test("a stop breaks it off, before and while it runs", async () => {
  const silent = await startReceiver(() => {});
  const abort = new AbortController();
  const running = open()({ url: silent.url, ...REQUEST }, abort.signal);
  await expect.poll(() => silent.got).toHaveLength(1);
  abort.abort();
  const broken = { status: null, error: "The attempt was broken off." };
  expect(await running).toEqual(broken);
  expect(await open()({ url: silent.url, ...REQUEST }, abort.signal)).toEqual(broken);
  expect(silent.got).toHaveLength(1);
});

test("a name is asked for once, and what was answered is what is connected to: no second answer can differ", async () => {
  const [first, second] = [await startReceiver(), await startReceiver()];
  expect(first.port).not.toBe(second.port);
  const asked: string[] = [];
  const resolve = async (host: string) => {
    asked.push(host);
    return asked.length === 1 ? ["127.0.0.1"] : ["127.0.0.2"];
  };
  const sender = open({ resolve });
  expect(await sender({ url: `http://hooks.example.com:${first.port}/`, ...REQUEST }, going)).toMatchObject({
    status: 200,
  });
  expect(asked).toEqual(["hooks.example.com"]);
  // The next attempt asks again: nothing is remembered, no connection is kept.
  await sender({ url: `http://hooks.example.com:${first.port}/`, ...REQUEST }, going);
  expect(asked).toHaveLength(2);
  expect(first.got).toHaveLength(1);
});

test("a name that does not exist, and localhost on a developer's machine", async () => {
  const gone = async () => {
    throw Object.assign(new Error("queryA ENOTFOUND"), { code: "ENOTFOUND" });
  };
  expect(await send("https://gone.example.com/", { resolve: gone })).toEqual({
    status: null,
    error: "The name was not found (ENOTFOUND).",
  });
  const receiver = await startReceiver();
  expect(await send(`http://localhost:${receiver.port}/`)).toMatchObject({ status: 200 });
});
