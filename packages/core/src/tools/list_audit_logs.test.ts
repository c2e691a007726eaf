import { expect, test } from "vitest";
import { fieldsOf, testDeclared, testDoor } from "../../test/door.ts";
import { act, coffeeShops, openWorld, REASON, taskAt } from "../../test/world.ts";
import { entryHash } from "../audit/hash.ts";
import type { Input } from "../call.ts";

const w = await openWorld();
const { core, admin } = w;
const [agent, human] = [await w.agent("Rich", 10_000), await w.human()];
const list = (filters: Input<"list_audit_logs"> = {}) => core.call(admin, "list_audit_logs", filters);

testDoor(w, "list_audit_logs", {
  may: ["admin"],
  permission: null,
  input: {
    tool: "login",
    taskId: "task_x",
    outcome: "ok",
    channel: "mcp",
    from: "2026-01-01T00:00:00Z",
    to: "2027-01-01T00:00:00Z",
    actorId: "user_x",
    accountId: "user_x",
    object: "task_x",
    ip: "::1",
    limit: 5,
    cursor: "7",
  },
});

test("tells who did what, from where, through which door, to whose account", async () => {
  const caller = { ...agent, via: "api_key" as const, keyId: "key_0123456789", ip: "203.0.113.7" };
  const task = await core.call(caller, "create_task", coffeeShops(), {
    idempotencyKey: "once",
    channel: "mcp",
  });
  const { entries } = await list({ taskId: task.id });
  expect(entries).toHaveLength(1);
  expect(entries[0]).toMatchObject({
    tool: "create_task",
    outcome: "ok",
    channel: "mcp",
    role: "agent",
    actorId: agent.userId,
    accountId: agent.userId,
    via: "api_key",
    keyId: "key_0123456789",
    ip: "203.0.113.7",
    object: task.id,
    sealed: false,
    request: expect.stringMatching(/^[0-9a-f]{64}$/),
    params: expect.stringMatching(/^[0-9a-f]{64}$/),
  });
  expect(fieldsOf(entries[0]!)).toEqual(
    "accountId actorId at channel hash ip keyId n object outcome params request role sealed tool via".split(
      " ",
    ),
  );
});

test("an entry's hash can be computed from what is listed", async () => {
  const { entries } = await list({ limit: 20 });
  for (const { actorId: actor, accountId: account, n, hash, ...e } of entries) {
    expect(entryHash({ ...e, n: String(n), actor, account })).toBe(hash);
  }
});

test("finds by each filter, and pages through all of it exactly once", async () => {
  const taskId = await taskAt(w, "disputed", agent, human);
  await core.call(admin, "resolve_dispute", { taskId, decision: "dismiss", reason: REASON });
  const said = (await list({ taskId })).entries.map((e) => [e.tool, e.role, e.accountId]);
  expect(said).toEqual([
    ["resolve_dispute", "admin", agent.userId],
    ["open_dispute", "human", human.userId],
    ["reject_submission", "agent", agent.userId],
    ["submit_proof", "human", human.userId],
    ["select_applicant", "agent", agent.userId],
    ["apply_to_task", "human", human.userId],
    ["create_task", "agent", agent.userId],
  ]);
  const tools = async (filters: Input<"list_audit_logs">) =>
    new Set((await list(filters)).entries.map((e) => e.tool));
  expect(await tools({ object: taskId, actorId: human.userId })).toEqual(
    new Set(["open_dispute", "submit_proof", "apply_to_task"]),
  );
  expect(await tools({ actorId: admin.userId, taskId })).toEqual(new Set(["resolve_dispute"]));
  expect(await tools({ accountId: human.userId, tool: "register_human" })).toEqual(
    new Set(["register_human"]),
  );
  expect(await tools({ ip: "203.0.113.7" })).toEqual(new Set(["create_task"]));
  expect(await tools({ channel: "mcp" })).toEqual(new Set(["create_task"]));
  expect(await tools({ outcome: "CONFIRMATION_INVALID" })).toEqual(new Set());
  const { entries: all } = await list({ accountId: agent.userId, limit: 500 });
  const middle = all[3]!.at;
  const later = (await list({ accountId: agent.userId, from: middle, limit: 500 })).entries;
  const earlier = (await list({ accountId: agent.userId, to: middle, limit: 500 })).entries;
  expect([...later, ...earlier].map((e) => e.n)).toEqual(all.map((e) => e.n));
  const paged: number[] = [];
  for (let cursor: string | null = ""; cursor !== null; ) {
    const page: Awaited<ReturnType<typeof list>> = await list({
      accountId: agent.userId,
      limit: 2,
      ...(cursor ? { cursor } : {}),
    });
    paged.push(...page.entries.map((e) => e.n));
    cursor = page.nextCursor;
  }
  expect(paged).toEqual(all.map((e) => e.n));
});

test("who looks at it is in it", async () => {
  const { entries } = await list({ tool: "list_audit_logs", limit: 1 });
  expect((await list({ tool: "list_audit_logs", limit: 1 })).entries[0]!.n).toBeGreaterThan(entries[0]!.n);
});

test("publishes the key that signs", async () => {
  expect((await list()).sealing).toEqual({
    sealedTo: 0,
    keyId: core.auditKey.keyId,
    publicKey: core.auditKey.published,
  });
});

test("a write that was refused in the middle leaves no entry that says ok", async () => {
  const before = (await list({ limit: 1 })).entries[0]!.n;
  await act(core, agent, "create_task", coffeeShops({ budget: 90_000 })).catch(() => {});
  await core.call(agent, "send_message", { taskId: "task_none", content: "x" }).catch(() => {});
  const { entries } = await list({ limit: 5 });
  expect(entries.filter((e) => e.n > before && e.tool !== "list_audit_logs")).toEqual([]);
});

testDeclared("list_audit_logs");
