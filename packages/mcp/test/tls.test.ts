// The certificate and its key are for these tests alone, and worth nothing anywhere else.

import { readFileSync } from "node:fs";
import https from "node:https";
import type { AddressInfo } from "node:net";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";
import { call, toolError } from "./pipe.ts";
import { startEdge, startPipe } from "./suite.ts";

const file = (name: string) => fileURLToPath(new URL(`fixtures/${name}`, import.meta.url));
const server = https.createServer(
  { cert: readFileSync(file("localhost.crt")), key: readFileSync(file("localhost.key")) },
  (req, res) => {
    req.resume();
    res.setHeader("content-type", "application/json");
    res.end(JSON.stringify({ jsonrpc: "2.0", id: 1, result: { key: req.headers.authorization } }));
  },
);
let url: string;

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  url = `https://localhost:${(server.address() as AddressInfo).port}`;
});

afterAll(() => server.closeAllConnections());
afterAll(() => server.close());

test("https works", async () => {
  const pipe = startPipe({
    HUMANS2AI_URL: url,
    API_KEY: "sk_live_1",
    NODE_EXTRA_CA_CERTS: file("localhost.crt"),
  });
  expect(await pipe.ask(call(1))).toEqual({ jsonrpc: "2.0", id: 1, result: { key: "Bearer sk_live_1" } });
});

test("a server that cannot prove who it is gets nothing", async () => {
  const pipe = startPipe({ HUMANS2AI_URL: url, API_KEY: "sk_live_1" });
  expect(toolError(await pipe.ask(call(1)))).toContain(
    `Could not reach ${url} (DEPTH_ZERO_SELF_SIGNED_CERT)`,
  );
});

test("https to a server that speaks plain http is a clear error", async () => {
  const edge = await startEdge(() => undefined);
  const pipe = startPipe({ HUMANS2AI_URL: edge.url.replace("http:", "https:") });
  expect(toolError(await pipe.ask(call(1)))).toContain("check HUMANS2AI_URL");
});
