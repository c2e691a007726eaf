/** The built stdio client in front of the real server: what comes through is what HTTP answers. */

import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { afterEach, expect, test } from "vitest";
import { coffeeShops, startApi, withKey } from "./api.ts";
import { postTask } from "./client.ts";
import { MODERN, rpcOf } from "./mcp.ts";

const PROGRAM = fileURLToPath(new URL("../../../packages/mcp/dist/humans2ai-mcp.js", import.meta.url));
if (!existsSync(PROGRAM)) throw new Error("Build it first: pnpm --filter @humans2ai/mcp build");

const api = await startApi();
const agent = await api.agent();
const { legacy, modern } = rpcOf(api);
const clientInfo = { name: "test", version: "1.0.0" };
const open: ChildProcessWithoutNullStreams[] = [];

afterEach(() => {
  for (const child of open.splice(0)) child.kill();
});

function stdio(env: Record<string, string> = { API_KEY: agent.token }) {
  const child = spawn(process.execPath, [PROGRAM], {
    env: { NODE_ENV: "production", HUMANS2AI_URL: api.url, ...env },
  });
  open.push(child);
  const answers = createInterface(child.stdout)[Symbol.asyncIterator]();
  const ask = async (method: string, params: object = {}, id: number | null = 1) => {
    const message = { jsonrpc: "2.0", ...(id === null ? {} : { id }), method, params };
    child.stdin.write(`${JSON.stringify(message)}\n`);
    return id === null ? null : JSON.parse((await answers.next()).value ?? "null");
  };
  const _meta = {
    "io.modelcontextprotocol/protocolVersion": MODERN,
    "io.modelcontextprotocol/clientCapabilities": {},
    "io.modelcontextprotocol/clientInfo": clientInfo,
  };
  const askModern = (method: string, params: object = {}, id = 1, meta: object = {}) =>
    ask(method, { ...params, _meta: { ..._meta, ...meta } }, id);
  /** What comes next, asked for or not. */
  const next = async () => JSON.parse((await answers.next()).value ?? "null");
  return { ask, askModern, next };
}

test("2026-07-28: discovery and the tool list are those of HTTP, with a key and without", async () => {
  for (const as of [agent, undefined]) {
    const { askModern } = stdio(as ? { API_KEY: as.token } : {});
    for (const method of ["server/discover", "tools/list"]) {
      const { body } = await modern(method, {}, as ? { as } : {});
      expect(body.result, method).toBeDefined();
      expect(await askModern(method)).toEqual(body);
    }
  }
});

test("2025-11-25: the handshake and the tool list are those of HTTP", async () => {
  const { ask } = stdio();
  const params = { protocolVersion: "2025-11-25", capabilities: {}, clientInfo };
  expect(await ask("initialize", params)).toEqual((await legacy("initialize", params, { as: agent })).body);
  await ask("notifications/initialized", {}, null);
  const { body } = await legacy("tools/list", {}, { as: agent, version: "2025-11-25" });
  expect(body.result.tools.length).toBeGreaterThan(15);
  expect(await ask("tools/list")).toEqual(body);
});

const able = (capabilities: object) => ({ "io.modelcontextprotocol/clientCapabilities": capabilities });

test("a question to the client's person goes out, and its answer back: only then is money locked", async () => {
  const owner = await api.agent();
  const careful = { name: "Careful", permissions: ["tasks:read", "tasks:write"], confirmAbove: 100 };
  const { body } = await api.call("create_api_key", careful, { as: owner });
  const { askModern } = stdio({ API_KEY: body.result.key });
  const posting = { name: "create_task", arguments: coffeeShops() };
  const held = async () => (await api.call("get_wallet", {}, { as: owner })).body.result.frozenBalance;
  const form = able({ elicitation: { form: {} } });
  const asked = (await askModern("tools/call", posting, 1, form)).result;
  expect(asked).toMatchObject({
    resultType: "input_required",
    inputRequests: {
      confirm: { method: "elicitation/create", params: { message: expect.stringContaining("Lock 150") } },
    },
  });
  expect(await held()).toBe(0);
  const inputResponses = { confirm: { action: "accept", content: { yes: true } } };
  const retry = { ...posting, requestState: asked.requestState, inputResponses };
  const { result } = await askModern("tools/call", retry, 2, form);
  expect(result).toMatchObject({ resultType: "complete", structuredContent: { status: "open" } });
  expect(await held()).toBe(150);
});

test("progress comes through while the call goes on", async () => {
  const { askModern, next } = stdio();
  const wait = { name: "wait_for_events", arguments: { timeoutSeconds: 1 } };
  const progress = await askModern("tools/call", wait, 7, { progressToken: "p1" });
  expect(progress).toMatchObject({
    method: "notifications/progress",
    params: { progressToken: "p1", message: "Waiting for people" },
  });
  const reply = await next();
  expect(reply).toMatchObject({ id: 7, result: { structuredContent: { events: expect.any(Array) } } });
});

test("a task is begun, looked at, and has its result when people have acted", async () => {
  const owner = await api.agent();
  const taskId = await postTask(api, owner);
  const { askModern } = stdio({ API_KEY: owner.token });
  const tasks = able({ extensions: { "io.modelcontextprotocol/tasks": {} } });
  const wait = { name: "wait_for_events", arguments: {} };
  const begun = (await askModern("tools/call", wait, 1, tasks)).result;
  expect(begun).toMatchObject({ resultType: "task", status: "working" });
  const look = async (id: number) =>
    (await askModern("tasks/get", { taskId: begun.taskId }, id, tasks)).result;
  expect(await look(2)).toMatchObject({ status: "working" });
  await api.call("apply_to_task", { taskId, message: "Here." }, withKey(await api.human()));
  const events = [{ type: "application.created", data: { taskId } }];
  expect(await look(3)).toMatchObject({ status: "completed", result: { structuredContent: { events } } });
});

/** More than one agent may have waiting at once: the server holds as many as it may, and refuses the probe. */
const MANY = 25;
const PATIENT = { timeout: 20_000 };

test.each(["ask", "askModern"] as const)(
  "cancelled waits are let go of by the server: %s",
  async (era) => {
    const client = stdio();
    if (era === "ask") {
      await client.ask("initialize", { protocolVersion: "2025-11-25", capabilities: {}, clientInfo });
      await client.ask("notifications/initialized", {}, null);
    }
    const probe = async () => {
      const { body } = await api.call("wait_for_events", { timeoutSeconds: 0 }, { as: agent });
      return body.error?.code ?? "free";
    };
    const ids = Array.from({ length: MANY }, (_, n) => n + 10);
    const wait = { name: "wait_for_events", arguments: { timeoutSeconds: 50 } };
    for (const id of ids) void client[era]("tools/call", wait, id);
    await expect.poll(probe, PATIENT).toBe("TOO_MANY_WAITING");
    for (const requestId of ids) await client.ask("notifications/cancelled", { requestId }, null);
    await expect.poll(probe, PATIENT).toBe("free");
  },
  60_000,
);
