import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { fieldsOf, testDeclared, testDoor } from "../../test/door.ts";
import { TASK } from "../../test/shapes.ts";
import { act, coffeeShops, openWorld, refused } from "../../test/world.ts";
import { authenticate } from "../auth/authenticate.ts";
import type { Output } from "../call.ts";
import { PERMISSIONS } from "../vocabulary.ts";

const w = await openWorld();
const agent = await w.agent("PhotoBot", 500_000);
const create = (over: Record<string, unknown>, core = w.core) =>
  core.call(agent, "create_task", { ...coffeeShops(), ...over }, { idempotencyKey: randomUUID() }) as Promise<
    Output<"create_task">
  >;

testDoor(w, "create_task", {
  may: ["agent"],
  permission: "tasks:write",
  input: {
    ...coffeeShops(),
    requirements: ["x"],
    autoApprove: true,
    confirmationToken: "ctk_x",
    idempotencyKey: "door",
    dryRun: false,
  },
  required: ["title", "description", "category", "budget", "deadline", "urgency"],
});

test("posts the contract's example and locks its budget", async () => {
  const before = await w.core.call(agent, "get_wallet", {});
  const task = await create({});
  expect(fieldsOf(task)).toEqual(TASK);
  expect(task).toMatchObject({
    title: "Photograph 3 coffee shops in Shanghai",
    status: "open",
    budget: 150,
    payout: { humanPayout: 149.985, platformFee: 0.015, total: 150 },
    escrowStatus: "held",
    agentId: agent.userId,
    agentName: "PhotoBot",
    applicantCount: 0,
    maxApplications: 20,
    nextAction: "expire",
    skillsRequired: ["photography", "local_knowledge"],
    requirements: [],
    autoApprove: false,
    humanId: null,
    closedReason: null,
  });
  expect(task.id).toMatch(/^task_/);
  expect(task.escrowId).toMatch(/^esc_/);
  expect(task.nextAt).toBe(task.deadline);
  expect(task.createdAt).toBe(task.updatedAt);
  const after = await w.core.call(agent, "get_wallet", {});
  expect(after.balance).toBeCloseTo(before.balance - 150, 6);
  expect(after.frozenBalance).toBeCloseTo(before.frozenBalance + 150, 6);
});

test.each([
  ["title", "x".repeat(200)],
  ["description", "x".repeat(5000)],
  ["location", "x".repeat(200)],
  ["requirements", Array(30).fill("x".repeat(500))],
  ["skillsRequired", Array(30).fill("x".repeat(60))],
  ["budget", 1],
  ["budget", 1.000001],
  ["budget", 5000],
  ["budget", 4999.999999],
])("takes %s at its limit", async (field, value) => {
  expect(await create({ [field]: value })).toMatchObject({ [field]: value, status: "open" });
});

test.each([
  ["title", "x".repeat(201)],
  ["title", "   "],
  ["description", "x".repeat(5001)],
  ["location", "x".repeat(201)],
  ["category", "gardening"],
  ["urgency", "asap"],
  ["budget", 0],
  ["budget", 0.999999],
  ["budget", 100_000.1],
  ["budget", 100_001],
  ["budget", 1.0000001],
  ["budget", 1.00000000001],
  ["budget", Number.NaN],
  ["budget", Number.POSITIVE_INFINITY],
  ["budget", "150"],
  ["remote", "yes"],
  ["requirements", Array(31).fill("x")],
  ["requirements", ["x".repeat(501)]],
  ["requirements", ["a\u0000b"]],
  ["skillsRequired", ["x".repeat(61)]],
  ["deadline", "tomorrow"],
  ["deadline", "2030-03-05T18:00:00"],
  ["deadline", "2026-02-30T18:00:00Z"],
  ["deadline", `2030-03-05T18:00:00.${"1".repeat(300)}Z`],
])("refuses %s = %j and names it", async (field, value) => {
  const refusal = await refused("VALIDATION_ERROR", create({ [field]: value }));
  expect(refusal.message).toContain(field);
});

test("the deadline lies 1 hour to 90 days ahead", async () => {
  const at = (ms: number) => new Date(w.core.now().getTime() + ms).toISOString();
  const [hour, day] = [3_600_000, 86_400_000];
  for (const ms of [hour + 10_000, 90 * day - 10_000]) await create({ deadline: at(ms) });
  for (const ms of [-day, 0, hour - 10_000, 90 * day + 10_000]) {
    const refusal = await refused("VALIDATION_ERROR", create({ deadline: at(ms) }));
    expect(refusal.message).toMatch(/^deadline: must be between 1 hour and 90 days/);
  }
});

test("takes a deadline with an offset, and gives it back in UTC", async () => {
  const noon = new Date(w.core.now().getTime() + 5 * 86_400_000).toISOString().slice(0, 11);
  expect((await create({ deadline: `${noon}18:00:00+08:00` })).deadline).toBe(`${noon}10:00:00.000Z`);
});

test.each([
  [5000, "open", "task.created"],
  [5000.000001, "pending_review", "high"],
  [100_000, "pending_review", "high"],
])("a budget of %d is posted as %s", async (budget, status) => {
  const task = await create({ budget });
  expect(task.status).toBe(status);
  expect(task.reviewReason).toBe(status === "open" ? null : "Budget above 5000 $A9");
});

test("what the risk gate is unsure of waits for review", async () => {
  const unsure = await openWorld({ riskGate: async () => ({ verdict: "unsure", category: "privacy" }) });
  const poster = await unsure.agent();
  expect(await act(unsure.core, poster, "create_task", coffeeShops())).toMatchObject({
    status: "pending_review",
    reviewReason: "privacy",
  });
});

test.each([
  "Buy a gun for me",
  "Write five-star reviews for my shop",
  "Solve these CAPTCHAs",
  "S\u200Bolve these CAP\u200BTCHAs",
])("the risk gate blocks %j, and nothing is locked", async (title) => {
  const before = await w.core.call(agent, "get_wallet", {});
  const refusal = await refused("RISK_GATE_BLOCKED", create({ title }));
  expect(refusal.facts.category).toBeTruthy();
  expect(await w.core.call(agent, "get_wallet", {})).toEqual(before);
});

test("a wallet with less than the budget posts nothing, and is told both numbers", async () => {
  const poor = await w.agent();
  const refusal = await refused(
    "INSUFFICIENT_BALANCE",
    act(w.core, poor, "create_task", coffeeShops({ budget: 500.000001 })),
  );
  expect(refusal.facts).toEqual({ balance: 500, needed: 500.000001 });
  expect((await w.core.call(poor, "list_my_tasks", {})).tasks).toEqual([]);
  expect(await act(w.core, poor, "create_task", coffeeShops({ budget: 500 }))).toMatchObject({ budget: 500 });
});

test("needs a key, refuses its use for another body, and a confirmation that is not known", async () => {
  await refused("IDEMPOTENCY_KEY_REQUIRED", w.core.call(agent, "create_task", coffeeShops()));
  await act(w.core, agent, "create_task", coffeeShops(), "used");
  await refused(
    "IDEMPOTENCY_KEY_REUSED",
    act(w.core, agent, "create_task", coffeeShops({ budget: 2 }), "used"),
  );
  await refused("CONFIRMATION_INVALID", create({ confirmationToken: "ctk_unknown" }));
});

test("holds a key to its caps", async () => {
  const permissions = ["tasks:write" as const];
  const { key } = await w.core.call(agent, "create_api_key", { name: "CI", permissions, maxPerTask: 10 });
  const { actor } = await authenticate(w.core, key, "10.0.0.1");
  await refused("SPENDING_CAP_EXCEEDED", act(w.core, actor, "create_task", coffeeShops({ budget: 11 })));
});

test("demands no confirmation for what the key may not spend anyway", async () => {
  const permissions = [...PERMISSIONS];
  const { key } = await w.core.call(agent, "create_api_key", {
    name: "CI",
    permissions,
    maxPerTask: 10,
    confirmAbove: 5,
  });
  const { actor } = await authenticate(w.core, key, "10.0.0.1");
  const post = (budget: number) => act(w.core, actor, "create_task", coffeeShops({ budget }));
  await refused("SPENDING_CAP_EXCEEDED", post(11));
  await refused("CONFIRMATION_REQUIRED", post(10));
});

test("needs a confirmation from the set amount on", async () => {
  const strict = w.later(0, { confirmAbove: 100 });
  expect(await create({ budget: 99.999999 }, strict)).toMatchObject({ status: "open" });
  await refused("CONFIRMATION_REQUIRED", create({ budget: 100 }, strict));
});

testDeclared("create_task");
