/** The key of a money tool as an argument: for clients that cannot set a header for each call. */

import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import type { Input } from "../src/call.ts";
import { moneyTools } from "../src/confirmation.ts";
import { act, coffeeShops, openWorld, REASON, refused, taskAt } from "./world.ts";

const w = await openWorld();
const [agent, human] = [await w.agent("Rich", 100_000), await w.human()];
type Money = (typeof moneyTools)[number];

const inputs: Record<Money, () => Promise<Record<string, unknown>>> = {
  create_task: async () => ({ ...coffeeShops() }),
  cancel_task: async () => ({ taskId: await taskAt(w, "open", agent, human) }),
  select_applicant: async () => ({
    taskId: await taskAt(w, "applied", agent, human),
    humanId: human.userId,
  }),
  approve_submission: async () => ({ taskId: await taskAt(w, "submitted", agent, human) }),
  reject_submission: async () => ({
    taskId: await taskAt(w, "submitted", agent, human),
    reason: REASON,
  }),
  ask_human: async () => ({ question: "Is it a duck?", waitSeconds: 0 }),
  verify_output: async () => ({ output: "A duck.", criteria: ["It is a duck"], waitSeconds: 0 }),
};
const call = (tool: Money, input: object, idempotencyKey?: string) =>
  w.core.call(agent, tool as string, input, idempotencyKey ? { idempotencyKey } : {});
const events = async () => (await w.core.client`select count(*)::int as n from task_event`)[0]?.n;

test.each(moneyTools)("%s is done once, whether its key comes as argument or as header", async (tool) => {
  const [input, key] = [await inputs[tool](), randomUUID()];
  const before = await events();
  const first = await call(tool, { ...input, idempotencyKey: key });
  expect(await call(tool, { ...input, idempotencyKey: key })).toEqual(first);
  expect(await call(tool, input, key)).toEqual(first);
  expect(await call(tool, { ...input, idempotencyKey: key }, key)).toEqual(first);
  expect(await events()).toBe(before + 1);
});

test.each(moneyTools)("%s refuses two keys that differ, and does nothing", async (tool) => {
  const input = await inputs[tool]();
  const before = await events();
  const refusal = await refused("VALIDATION_ERROR", call(tool, { ...input, idempotencyKey: "one" }, "two"));
  expect(refusal.message).toMatch(/^idempotencyKey: differs from the Idempotency-Key header/);
  expect(await events()).toBe(before);
});

test.each(["", "x".repeat(256), "clé", "two\nlines", 7, null])(
  "refuses %j as a key",
  async (idempotencyKey) => {
    const refusal = await refused(
      "VALIDATION_ERROR",
      call("create_task", { ...coffeeShops(), idempotencyKey }),
    );
    expect(refusal.facts.fields).toMatchObject([{ path: "idempotencyKey" }]);
  },
);

test("the same key with another body is refused", async () => {
  const idempotencyKey = randomUUID();
  await call("create_task", { ...coffeeShops(), idempotencyKey });
  await refused(
    "IDEMPOTENCY_KEY_REUSED",
    call("create_task", { ...coffeeShops({ budget: 9 }), idempotencyKey }),
  );
});

test("a confirmation does not care about the key: asked without, used with, and the other way round", async () => {
  const strict = w.later(0, { confirmAbove: 100 });
  const params = coffeeShops();
  for (const [asked, used] of [
    [params, { ...params, idempotencyKey: randomUUID() }],
    [{ ...params, idempotencyKey: "not-this-one" }, params],
  ]) {
    const request = { tool: "create_task", params: asked } as Input<"request_confirmation">;
    const { confirmationToken } = await strict.call(agent, "request_confirmation", request);
    expect(
      await act(strict, agent, "create_task", { ...used!, confirmationToken }, used?.idempotencyKey),
    ).toMatchObject({
      status: "open",
    });
  }
});

test("the audit keeps the key's hash as it does a header's, and its parameters' without it", async () => {
  const key = randomUUID();
  const made = async (input: object, header?: string) => {
    const { id } = (await call("create_task", input, header)) as { id: string };
    const [row] = await w.core.client`select request, params from audit_entry where object = ${id}`;
    return row;
  };
  const params = coffeeShops();
  const asArgument = await made({ ...params, idempotencyKey: key });
  expect(asArgument?.request).toBeTruthy();
  expect((await made(params, randomUUID()))?.params).toEqual(asArgument?.params);
});
