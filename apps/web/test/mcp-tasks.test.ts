/** The Tasks extension: a handle on what people finish later. */

import { createTaskSessionFromClient, type RawClientDispatch } from "@modelcontextprotocol/ext-tasks/client";
import { isCreateTaskResultV2, isDetailedTaskV2 } from "@modelcontextprotocol/ext-tasks/core/v2";
import { expect, test } from "vitest";
import { type Person, startApi, withKey } from "./api.ts";
import { clientOf, postTask, secondApi } from "./client.ts";
import { LEGACY, MODERN, rpcOf } from "./mcp.ts";

const TASKS = { extensions: { "io.modelcontextprotocol/tasks": {} } };
const api = await startApi();
const second = await secondApi(api);
const [agent, other, human] = await Promise.all([api.agent(), api.agent(), api.human()]);
const { legacy, modern } = rpcOf(api);
const tasks = await postTask(api, agent).then((id) => [id]);
const taskId = tasks[0]!;

const ask = (method: string, params: Record<string, unknown>, as: Person | string = agent, rpc = modern) =>
  rpc(method, params, { as, capabilities: TASKS });
const wait = { name: "wait_for_events", arguments: {} };
const begin = async (as = agent, rpc = modern) => {
  const { body } = await ask("tools/call", wait, as, rpc);
  expect(body.result, JSON.stringify(body)).toMatchObject({ resultType: "task", status: "working" });
  expect(isCreateTaskResultV2(body.result)).toBe(true);
  return body.result.taskId as string;
};
const look = async (id: string, as: Person | string = agent) => {
  const { body } = await ask("tasks/get", { taskId: id }, as);
  expect(isDetailedTaskV2(body.result), JSON.stringify(body)).toBe(true);
  return body.result;
};
const apply = () => api.call("apply_to_task", { taskId, message: "Here." }, withKey(human));
const withdraw = () => api.call("withdraw_application", { taskId }, withKey(human));

test("the extension is told of where it is served", async () => {
  const { body } = await modern("server/discover", {}, { as: agent });
  expect(body.result.capabilities.extensions).toEqual(TASKS.extensions);
  const init = { capabilities: {}, clientInfo: { name: "t", version: "1" }, protocolVersion: LEGACY[2] };
  const old = await legacy("initialize", init, { as: agent });
  expect(old.body.result.capabilities).not.toHaveProperty("extensions");
  expect((await legacy("tasks/get", { taskId: "x" }, { as: agent })).body.error.code).toBe(-32601);
});

test("a task is under way until people act, and then has the tool's own result, with a link", async () => {
  const id = await begin();
  const { body } = await ask("tools/call", wait);
  expect(body.result).toEqual({
    resultType: "task",
    taskId: expect.stringMatching(/^mcp_\w{26}$/),
    status: "working",
    statusMessage: "Waiting for people.",
    createdAt: expect.any(String),
    lastUpdatedAt: body.result.createdAt,
    ttlMs: 30 * 86_400_000,
    pollIntervalMs: 5000,
    content: [],
    _meta: expect.anything(),
  });
  expect(await look(id)).toMatchObject({ resultType: "complete", status: "working" });
  await apply();
  const done = await look(id);
  expect(done).toMatchObject({
    status: "completed",
    result: {
      structuredContent: { events: [{ type: "application.created", data: { taskId } }] },
      content: [{ type: "text" }, { type: "resource_link", uri: `humans2ai://tasks/${taskId}` }],
    },
  });
  expect(done).not.toHaveProperty("pollIntervalMs");
  expect(await look(id)).toMatchObject({ status: "completed", lastUpdatedAt: done.lastUpdatedAt });
  await withdraw();
});

test("it outlives the process that began it", async () => {
  const id = await begin(agent, rpcOf(second).modern);
  await second.stop();
  expect((await look(id)).status).toBe("working");
  await apply();
  expect((await look(id)).status).toBe("completed");
  await withdraw();
}, 60_000);

test("who gives a time waits for it; who has news already is answered; neither gets a task", async () => {
  const before = (await api.sql`select count(*)::int as n from mcp_task`)[0]?.n;
  const timed = { ...wait, arguments: { timeoutSeconds: 0 } };
  expect((await ask("tools/call", timed)).body.result.structuredContent.events).toEqual([]);
  const past = { ...wait, arguments: { after: "evt_000000000000" } };
  expect((await ask("tools/call", past)).body.result.structuredContent.events).not.toEqual([]);
  const wrong = { ...wait, arguments: { after: "evt_9" } };
  expect((await ask("tools/call", wrong)).body.result).toMatchObject({ isError: true });
  const other = { name: "get_wallet", arguments: {} };
  expect((await ask("tools/call", other)).body.result.resultType).toBe("complete");
  expect((await api.sql`select count(*)::int as n from mcp_task`)[0]?.n).toBe(before);
});

test("it can be called off, once and for all, but not when it is over", async () => {
  const id = await begin();
  const cancel = async (taskId: string) => (await ask("tasks/cancel", { taskId })).body.result;
  expect(await cancel(id)).toMatchObject({ resultType: "complete" });
  expect(await look(id)).toMatchObject({ status: "cancelled" });
  await apply();
  expect((await look(id)).status).toBe("cancelled");
  expect(await look(id)).not.toHaveProperty("result");
  const next = await begin();
  await withdraw();
  expect((await look(next)).status).toBe("completed");
  await cancel(next);
  expect((await look(next)).status).toBe("completed");
});

test("a question that was called off half-way says where its answers are", async () => {
  const question = {
    name: "ask_human",
    arguments: { question: "Which name is better?", reward: 1, people: 2 },
  };
  const { body } = await ask("tools/call", question, other);
  const { taskId: id } = body.result;
  const { questions } = (await api.call("list_questions", {}, { as: other })).body.result;
  const answer = { questionId: questions[0].questionId, answer: "This." };
  await api.call("answer_question", answer, withKey(human));
  expect((await look(id, other)).status).toBe("working");
  await ask("tasks/cancel", { taskId: id }, other);
  const seen = await look(id, other);
  expect(seen).toMatchObject({ status: "cancelled" });
  expect(seen.statusMessage).toContain(`check_question {"questionId":"${answer.questionId}"}`);
});

test("an update that nobody asked for is taken, and changes nothing", async () => {
  const id = await begin();
  const { body } = await ask("tasks/update", { taskId: id, inputResponses: { x: { action: "accept" } } });
  expect(body.result).toMatchObject({ resultType: "complete" });
  expect((await look(id)).status).toBe("working");
});

test.each(["tasks/get", "tasks/cancel", "tasks/update"])(
  "%s knows no foreign, unknown or old task",
  async (method) => {
    const id = await begin();
    const [old] = [await begin()];
    await api.sql`update mcp_task set expires_at = now() - interval '1 second' where id = ${old!}`;
    for (const [taskId, as] of [
      [id, other],
      ["mcp_unknown", agent],
      [old, agent],
      ["' or 1=1", agent],
    ] as const) {
      const { body } = await ask(method, { taskId, inputResponses: {} }, as);
      expect(body.error).toEqual({ code: -32602, message: "There is no such task." });
    }
    expect((await ask(method, {})).body.error.code).toBe(-32602);
    expect((await look(id)).status).toBe("working");
  },
);

test.each(["tasks/get", "tasks/cancel", "tasks/update"])(
  "%s wants the capability on each request",
  async (method) => {
    const params = { taskId: await begin(), inputResponses: {} };
    const { status, body } = await modern(method, params, { as: agent });
    expect([status, body.error.code]).toEqual([400, -32021]);
    expect(body.error.data).toEqual({ requiredCapabilities: TASKS });
  },
);

test("a client without the extension waits as before", async () => {
  const quick = { ...wait, arguments: { timeoutSeconds: 1 } };
  const { body } = await modern("tools/call", quick, { as: agent });
  expect(body.result).toMatchObject({ resultType: "complete", structuredContent: { events: [] } });
});

test("what a key may not see is an error result for it, and the task goes on", async () => {
  const { body } = await api.call(
    "create_api_key",
    { name: "W", permissions: ["wallet:read"] },
    withKey(agent),
  );
  const id = await begin();
  const seen = await look(id, body.result.key);
  expect(seen).toMatchObject({ status: "completed", result: { isError: true } });
  expect(seen.result.content[0].text).toMatch(/^FORBIDDEN: .*tasks:read/);
  expect((await look(id)).status).toBe("working");
});

test("the official client of the extension calls, polls and gets the result", async () => {
  const rawDispatch: RawClientDispatch = async (request) => {
    const { method, params } = request as { method: string; params: Record<string, unknown> };
    const named = String(params.name ?? params.taskId);
    const { body } = await api.send("/api/v1/mcp", {
      as: agent,
      body: { jsonrpc: "2.0", id: 1, method, params },
      headers: {
        accept: "application/json, text/event-stream",
        "content-type": "application/json",
        "mcp-protocol-version": MODERN,
        "mcp-method": method,
        "mcp-name": named,
      },
    });
    return body.error ? { kind: "error", error: body.error } : { kind: "result", result: body.result };
  };
  const session = createTaskSessionFromClient(await clientOf(api, agent), {
    endpointId: "humans2ai",
    rawDispatch,
    v2RequestFraming: {
      protocolVersion: MODERN,
      clientInfo: { name: "test", version: "1.0.0" },
      clientCapabilities: {},
    },
  });
  const execution = await session.callTool("wait_for_events", {});
  expect(execution.kind).toBe("task");
  await apply();
  const { outcome } = await execution.settle();
  expect(outcome).toMatchObject({
    status: "completed",
    result: { structuredContent: { events: [{ type: "application.created" }] } },
  });
  await session.close();
});
