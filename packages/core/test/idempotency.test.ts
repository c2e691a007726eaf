import { randomUUID } from "node:crypto";
import { describe, expect, test } from "vitest";
import type { Input } from "../src/call.ts";
import type { Actor } from "../src/context.ts";
import type { ToolName } from "../src/tools/index.ts";
import { act, coffeeShops, openWorld, REASON, refused, type Stage, taskAt } from "./world.ts";

const w = await openWorld();
const [agent, human] = [await w.agent("Rich", 100_000), await w.human()];
const other = await w.agent("Other", 100_000);

/** How often a call has had its effect, whatever it is: events, transfers, messages. */
const effects = async () => {
  const [row] = await w.core.client`select (select count(*) from task_event)::int as events,
    (select count(*) from transfer)::int as transfers, (select count(*) from message)::int as messages`;
  return row!;
};
const stored = async (key: string) =>
  (
    await w.core.client`select count(*)::int as n from idempotency
    where key = encode(sha256(${Buffer.from(key)}), 'hex')`
  )[0]?.n;

interface Case {
  stage: Stage;
  input: (taskId: string) => Record<string, unknown>;
  /** The same request with another body. */
  changed: Record<string, unknown>;
  /** What one call adds. */
  adds: { events: number; transfers: number; messages: number };
}
const event = { events: 1, transfers: 0, messages: 0 };

const cases: [ToolName, Case][] = [
  [
    "create_task",
    { stage: "open", input: () => coffeeShops(), changed: { budget: 151 }, adds: { ...event, transfers: 1 } },
  ],
  [
    "cancel_task",
    {
      stage: "open",
      input: (taskId) => ({ taskId }),
      changed: { taskId: "x" },
      adds: { ...event, transfers: 1 },
    },
  ],
  [
    "select_applicant",
    {
      stage: "applied",
      input: (taskId) => ({ taskId, humanId: human.userId }),
      changed: { humanId: "x" },
      adds: event,
    },
  ],
  [
    "approve_submission",
    {
      stage: "submitted",
      input: (taskId) => ({ taskId }),
      changed: { taskId: "x" },
      adds: { ...event, transfers: 2 },
    },
  ],
  [
    "reject_submission",
    {
      stage: "submitted",
      input: (taskId) => ({ taskId, reason: REASON }),
      changed: { reason: `${REASON} Thanks.` },
      adds: event,
    },
  ],
  [
    "send_message",
    {
      stage: "assigned",
      input: (taskId) => ({ taskId, content: "Hello" }),
      changed: { content: "Bye" },
      adds: { events: 0, transfers: 0, messages: 1 },
    },
  ],
];

describe.each(cases)("%s", (tool, { stage, input, changed, adds }) => {
  const call = (body: unknown, idempotencyKey: string, actor: Actor = agent, core = w.core) =>
    core.call(actor, tool, body, { idempotencyKey });
  const added = async (before: Record<string, number>) => {
    const after = await effects();
    return Object.fromEntries(Object.entries(after).map(([k, n]) => [k, n - before[k]!]));
  };

  test("the same key and body give the same reply with one effect, in any order of its fields", async () => {
    const body = input(await taskAt(w, stage, agent, human));
    const before = await effects();
    const key = randomUUID();
    const first = await call(body, key);
    expect(await call(body, key)).toEqual(first);
    expect(await call(Object.fromEntries(Object.entries(body).reverse()), key)).toEqual(first);
    expect(await added(before)).toEqual(adds);
  });

  test("also when 50 arrive at once", async () => {
    const body = input(await taskAt(w, stage, agent, human));
    const [before, key] = [await effects(), randomUUID()];
    const replies = await Promise.all(Array.from({ length: 50 }, () => call(body, key)));
    expect(new Set(replies.map((r) => JSON.stringify(r))).size).toBe(1);
    expect(await added(before)).toEqual(adds);
  });

  test("another body under the key is an error, and has no effect", async () => {
    const body = input(await taskAt(w, stage, agent, human));
    const key = randomUUID();
    await call(body, key);
    const before = await effects();
    await refused("IDEMPOTENCY_KEY_REUSED", call({ ...body, ...changed }, key));
    expect(await effects()).toEqual(before);
  });

  test("a key belongs to its principal", async () => {
    const [mine, theirs] = [await taskAt(w, stage, agent, human), await taskAt(w, stage, other, human)];
    const key = randomUUID();
    const first = await call(input(mine), key);
    const second = await call(input(theirs), key, other);
    expect(second).not.toEqual(first);
    expect(await stored(key)).toBe(2);
  });

  test("a refused call stores nothing, and its key can be used again", async () => {
    const taskId = await taskAt(w, stage, agent, human);
    const key = randomUUID();
    const wrong = tool === "create_task" ? { budget: 0.5 } : { taskId: "task_none" };
    const outcome = await call({ ...input(taskId), ...wrong }, key).catch((error: unknown) => error);
    expect(outcome).toBeInstanceOf(Error);
    expect(await stored(key)).toBe(0);
    await call(input(taskId), key);
    expect(await stored(key)).toBe(1);
  });

  test("after 24 hours a key is free again, and not before", async () => {
    const body = input(await taskAt(w, stage, agent, human));
    const key = randomUUID();
    const first = await call(body, key);
    expect(await call(body, key, agent, w.later(23.9))).toEqual(first);
    const [next, late] = [await taskAt(w, stage, agent, human), w.later(24.1)];
    const again = await call(input(next), key, agent, late);
    expect(again).not.toEqual(first);
    expect(await stored(key)).toBe(1);
  });
});

test.each(cases.filter(([tool]) => tool !== "send_message"))(
  "%s needs a key from an agent",
  async (tool, one) => {
    const refusal = await refused(
      "IDEMPOTENCY_KEY_REQUIRED",
      w.core.call(agent, tool, one.input("task_none")),
    );
    expect(refusal).toMatchObject({ http: 400 });
    expect(refusal.message).toContain("Idempotency-Key");
  },
);

test("other writes may have a key and need none", async () => {
  const taskId = await taskAt(w, "assigned", agent, human);
  const send = () => w.core.call(agent, "send_message", { taskId, content: "Hi" });
  expect((await send()).id).not.toBe((await send()).id);
});

test.each(["", "x".repeat(256), "schlüssel", "two\nlines"])("refuses the key %j", async (key) => {
  const refusal = await refused("VALIDATION_ERROR", act(w.core, agent, "create_task", coffeeShops(), key));
  expect(refusal.message).toContain("Idempotency-Key");
});

test("a key of 255 characters is one, and one for all tools", async () => {
  const key = "k".repeat(255);
  const task = await act(w.core, agent, "create_task", coffeeShops(), key);
  await refused("IDEMPOTENCY_KEY_REUSED", act(w.core, agent, "cancel_task", { taskId: task.id }, key));
});

test("a retry gets its reply also when its deadline is too near by now, and when the gate has changed its mind", async () => {
  const strict = await openWorld();
  const poster = await strict.agent();
  const deadline = new Date(Date.now() + 2 * 3_600_000).toISOString();
  const first = await act(strict.core, poster, "create_task", coffeeShops({ deadline }), "retried");
  const late = strict.later(1.5);
  expect(await act(late, poster, "create_task", coffeeShops({ deadline }), "retried")).toEqual(first);
  await refused("VALIDATION_ERROR", act(late, poster, "create_task", coffeeShops({ deadline }), "new"));
  strict.core.riskGate = async () => ({ verdict: "blocked", category: "x", advice: "no" });
  expect(await act(strict.core, poster, "create_task", coffeeShops({ deadline }), "retried")).toEqual(first);
  await refused(
    "RISK_GATE_BLOCKED",
    act(strict.core, poster, "create_task", coffeeShops({ deadline }), "new"),
  );
});

test("a secret is never stored for a replay: the retry is told that it is done", async () => {
  const make = () => act(w.core, agent, "create_api_key", { name: "CI" }, "secret");
  const { key } = await make();
  await refused("ALREADY_DONE", make());
  const [row] = await w.core.client`select reply::text from idempotency
    where key = encode(sha256('secret'), 'hex')`;
  expect(row?.reply).not.toContain(key);
});

test("a retry with a fresh confirmation gets the first reply", async () => {
  const params = coffeeShops();
  const asked = { tool: "create_task", params } as Input<"request_confirmation">;
  const token = async () => (await act(w.core, agent, "request_confirmation", asked)).confirmationToken;
  const post = async (confirmationToken?: string) =>
    act(
      w.core,
      agent,
      "create_task",
      { ...params, ...(confirmationToken ? { confirmationToken } : {}) },
      "again",
    );
  const first = await post(await token());
  expect(await post(await token())).toEqual(first);
  expect(await post()).toEqual(first);
});
