/** The public contract's "End-to-End Workflow" and the rules around it, over plain HTTP: no SDK, no browser. */

import { randomUUID } from "node:crypto";
import { bearer, onceOnly, post, type Reply, tool } from "../support/api.ts";
import { coffeeShops } from "../support/coffee-shops.ts";
import { balances } from "../support/ledger.ts";
import {
  inDays,
  newAgent,
  newHuman,
  newTask,
  type Person,
  REASON,
  submittedTask,
} from "../support/people.ts";
import { expect, test } from "../support/test.ts";
import type { Task, Wallet } from "../support/wire.ts";

const NOTES = ["I live in Jing'an, can start tomorrow.", "Professional photographer, available this week."];
const ISO = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/);
const id = (prefix: string) => expect.stringMatching(new RegExp(`^${prefix}_[A-Za-z0-9]+$`));

test("its end-to-end workflow, replayed literally", async () => {
  const [agent, first, second] = await Promise.all([newAgent(), newHuman(), newHuman()]);
  const taskId = await createLiterally(agent);
  for (const [who, message] of [[first, NOTES[0]] as const, [second, NOTES[1]] as const]) {
    await tool("apply_to_task", { taskId, message }, who.token);
  }
  await listApplicantsLiterally(agent, taskId, [first, second]);
  const selected = await ok(agent, { tool: "select_applicant", input: { taskId, humanId: first.id } });
  expect(selected).toMatchObject({
    task: { id: taskId, status: "assigned", humanId: first.id, humanDisplayId: first.id },
    message: "Applicant selected",
  });
  await tool("submit_proof", { taskId, text: "The ZIP is at the link." }, first.token);
  const approved = await ok(agent, { tool: "approve_submission", input: { taskId } });
  expect(approved).toMatchObject({
    task: { id: taskId, status: "completed", completedAt: ISO },
    payment: { humanPayout: 149.985, platformFee: 0.015, total: 150 },
    message: "Task approved and payment released",
  });
  expect(Object.keys(approved as object).sort()).toEqual(["message", "payment", "task"]);
});

test("a refused task tells the human why, and a cancelled one is refunded", async () => {
  const [agent, human] = await Promise.all([newAgent(), newHuman()]);
  const rejected = await submittedTask(agent, human);
  expect(
    await ok(agent, { tool: "reject_submission", input: { taskId: rejected.id, reason: REASON } }),
  ).toMatchObject({
    task: { id: rejected.id, status: "rejected_by_agent" },
    message: "Submission rejected",
  });
  const open = await newTask(agent, { budget: 60 });
  expect(await ok(agent, { tool: "cancel_task", input: { taskId: open.id } })).toMatchObject({
    task: { id: open.id, status: "expired", closedReason: "cancelled" },
    message: "Task cancelled and escrow refunded",
  });
  expect(await tool<Wallet>("get_wallet", {}, agent.token)).toEqual({
    balance: 460,
    frozenBalance: 40,
    totalEarned: 0,
    totalSpent: 0,
    currency: "$A9token",
    recentTransactions: expect.any(Array),
  });
});

for (const name of [
  "create_task",
  "cancel_task",
  "select_applicant",
  "approve_submission",
  "reject_submission",
]) {
  test(`${name} without an Idempotency-Key is a 400, and nothing happens`, async () => {
    const [agent, human] = await Promise.all([newAgent(), newHuman()]);
    const { id: taskId } = await submittedTask(agent, human);
    const inputs: Record<string, object> = {
      create_task: coffeeShops(),
      select_applicant: { taskId, humanId: human.id },
      reject_submission: { taskId, reason: REASON },
    };
    const before = await balances(agent.id);
    const { status, body } = await post(
      { tool: name, input: inputs[name] ?? { taskId } },
      bearer(agent.token),
    );
    expect(status).toBe(400);
    expect(body).toMatchObject({
      result: null,
      error: { message: expect.stringContaining("Idempotency-Key") },
    });
    expect(await balances(agent.id)).toEqual(before);
    expect(await tool<Task>("get_task", { taskId }, agent.token)).toMatchObject({ status: "submitted" });
  });
}

test("the same key and body give the same reply and no second effect; another body is refused", async () => {
  const agent = await newAgent();
  const headers = { ...bearer(agent.token), "idempotency-key": randomUUID() };
  const body = { tool: "create_task", input: coffeeShops() };
  const replies = await Promise.all(Array.from({ length: 8 }, () => post(body, headers)));
  replies.push(await post(body, headers));
  const ids = new Set(replies.map((reply) => (reply.body.result as Task).id));
  expect(ids.size).toBe(1);
  expect(new Set(replies.map((reply) => JSON.stringify(reply.body))).size).toBe(1);
  expect(await balances(agent.id)).toEqual({ available: "350000000", held: "150000000" });
  const other = await post({ ...body, input: { ...body.input, budget: 151 } }, headers);
  expect(other.status).toBe(409);
  expect(other.body.error?.code).toBe("IDEMPOTENCY_KEY_REUSED");
});

test("an outdated client is warned, a current one is not", async () => {
  const agent = await newAgent();
  const warning = async (version?: string) => {
    const headers = { ...bearer(agent.token), ...(version ? { "x-mcp-client-version": version } : {}) };
    const reply = await post({ tool: "get_wallet", input: {} }, headers);
    expect(reply.status).toBe(200);
    return reply.headers.get("x-mcp-version-warning");
  };
  expect(await warning("0.9.0")).toContain("1.0.0");
  expect(await warning("1.0.0")).toBeNull();
  expect(await warning()).toBeNull();
});

test("every refusal has the documented status, code and shape", async () => {
  const agent = await newAgent();
  const refused = async (body: unknown, headers: Record<string, string> = bearer(agent.token)) =>
    summary(await post(body, { ...onceOnly(), ...headers }));
  expect(await refused({ tool: "get_task", input: { taskId: "task_xyz" } })).toEqual({
    status: 404,
    code: "TASK_NOT_FOUND",
    message: 'Task "task_xyz" not found',
  });
  expect(await refused({ tool: "get_wallet", input: {} }, {})).toMatchObject({
    status: 401,
    code: "UNAUTHORIZED",
  });
  expect(await refused({ tool: "get_wallet", input: {} }, bearer("sk_live_wrong"))).toMatchObject({
    status: 401,
  });
  expect(await refused({ tool: "create_task", input: coffeeShops() }, bearer(agent.readKey))).toMatchObject({
    status: 403,
    code: "FORBIDDEN",
    message: expect.stringContaining("tasks:write"),
  });
  expect(await refused({ tool: "create_task", input: { ...coffeeShops(), budget: 501 } })).toMatchObject({
    status: 409,
    code: "INSUFFICIENT_BALANCE",
  });
  for (const [body, field] of badRequests()) {
    expect(await refused(body)).toMatchObject({ status: 400, message: expect.stringContaining(field) });
  }
  expect(await balances(agent.id)).toEqual({ available: "500000000", held: "0" });
});

test("health says that the app and its database are well", async () => {
  const reply = await fetch(`${process.env.E2E_URL}/api/v1/health`);
  expect(reply.status).toBe(200);
  expect(await reply.json()).toMatchObject({ result: { status: "ok", database: "ok" }, error: null });
});

async function ok(agent: Person, body: object): Promise<unknown> {
  const reply = await post(body, { ...bearer(agent.token), ...onceOnly() });
  expect(reply.body.error).toBeNull();
  expect(reply.status).toBe(200);
  return reply.body.result;
}

async function createLiterally(agent: Person): Promise<string> {
  const result = await ok(agent, { tool: "create_task", input: coffeeShops() });
  expect(result).toMatchObject({
    id: id("task"),
    title: "Photograph 3 coffee shops in Shanghai",
    status: "open",
    budget: 150,
    escrowId: id("esc"),
    agentId: agent.id,
    agentName: agent.name,
    applicantCount: 0,
    maxApplications: 20,
    createdAt: ISO,
    updatedAt: ISO,
  });
  return (result as Task).id;
}

async function listApplicantsLiterally(agent: Person, taskId: string, humans: Person[]) {
  const result = await ok(agent, { tool: "list_applicants", input: { taskId } });
  expect(result).toMatchObject({
    taskId,
    applications: humans.map(({ id: humanId }, i) => ({
      id: id("app"),
      humanId,
      humanDisplayId: humanId,
      status: "pending",
      message: NOTES[i],
      appliedAt: ISO,
    })),
    total: 2,
  });
}

const summary = ({ status, body }: Reply) => {
  expect(body.result).toBeNull();
  return { status, code: body.error?.code, message: body.error?.message };
};

/** Requests that must name what is wrong with them. */
const badRequests = (): [unknown, string][] => [
  ["{not json", "JSON"],
  [{ input: {} }, "tool"],
  [{ tool: "no_such_tool", input: {} }, "no_such_tool"],
  [{ tool: "create_task", input: { ...coffeeShops(), title: "" } }, "title"],
  [{ tool: "create_task", input: { ...coffeeShops(), title: "x".repeat(201) } }, "title"],
  [{ tool: "create_task", input: { ...coffeeShops(), budget: "150" } }, "budget"],
  [{ tool: "create_task", input: { ...coffeeShops(), budget: 0.5 } }, "budget"],
  [{ tool: "create_task", input: { ...coffeeShops(), deadline: "2026-03-05T18:00:00+08:00" } }, "deadline"],
  [{ tool: "create_task", input: { ...coffeeShops(), deadline: inDays(91) } }, "deadline"],
  [{ tool: "create_task", input: { ...coffeeShops(), urgency: "now" } }, "urgency"],
  [{ tool: "create_task", input: { ...coffeeShops(), surprise: true } }, "surprise"],
  [{ tool: "list_tasks", input: { limit: 101 } }, "limit"],
];
