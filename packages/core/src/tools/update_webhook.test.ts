import { expect, test } from "vitest";
import { fieldsOf, testDeclared, testDoor } from "../../test/door.ts";
import { WEBHOOK } from "../../test/shapes.ts";
import { deliveriesOf, hook } from "../../test/webhooks.ts";
import { act, coffeeShops, openWorld, refused } from "../../test/world.ts";

const w = await openWorld();
const agent = await w.agent("Rich", 10_000);
const url = "https://hooks.example.com/in";

testDoor(w, "update_webhook", {
  may: ["agent"],
  permission: "webhooks:write",
  input: { webhookId: "wh_none", url, events: ["task.completed"], description: "CI", enabled: true },
  required: ["webhookId"],
});

test("changes what is given, and nothing else", async () => {
  const made = await hook(w.core, agent, url, { events: ["task.created"], description: "first" });
  const { secret: _, ...before } = made;
  const change = (input: object) => w.core.call(agent, "update_webhook", { webhookId: made.id, ...input });
  expect(await change({})).toEqual(before);
  const moved = await change({ url: "https://hooks.example.com/new" });
  expect(fieldsOf(moved)).toEqual(WEBHOOK);
  expect(moved).toEqual({ ...before, url: "https://hooks.example.com/new" });
  expect(await change({ events: ["*"], description: "second" })).toEqual({
    ...moved,
    events: ["*"],
    description: "second",
  });
});

test("nothing is enqueued while it is disabled, and again once it is enabled", async () => {
  const { id: webhookId } = await hook(w.core, agent, url, { events: ["task.created"] });
  const off = await w.core.call(agent, "update_webhook", { webhookId, enabled: false });
  expect(off).toMatchObject({ enabled: false, disabledReason: "owner", disabledAt: expect.any(String) });
  const again = await w.core.call(agent, "update_webhook", { webhookId, enabled: false });
  expect(again.disabledAt).toBe(off.disabledAt);
  await act(w.core, agent, "create_task", coffeeShops());
  expect(await deliveriesOf(w.core, agent, webhookId)).toEqual([]);
  const on = await w.core.call(agent, "update_webhook", { webhookId, enabled: true });
  expect(on).toMatchObject({ enabled: true, disabledReason: null, disabledAt: null });
  await act(w.core, agent, "create_task", coffeeShops());
  expect(await deliveriesOf(w.core, agent, webhookId)).toHaveLength(1);
});

test("another address, or a new beginning, has not failed yet", async () => {
  const { id: webhookId } = await hook(w.core, agent, url);
  const failing = () => w.core.client`update webhook set failing_since = clock_now() where id = ${webhookId}`;
  const change = (input: object) => w.core.call(agent, "update_webhook", { webhookId, ...input });
  await failing();
  expect((await change({ url, description: "same" })).failingSince).not.toBeNull();
  expect((await change({ url: `${url}2` })).failingSince).toBeNull();
  await failing();
  expect((await change({ enabled: true })).failingSince).not.toBeNull();
  await change({ enabled: false });
  expect((await change({ enabled: true })).failingSince).toBeNull();
});

test("knows only the agent's own, and checks the address as at first", async () => {
  const theirs = await hook(w.core, await w.agent());
  for (const webhookId of ["wh_none", theirs.id]) {
    await refused("WEBHOOK_NOT_FOUND", w.core.call(agent, "update_webhook", { webhookId, enabled: false }));
  }
  const { id: webhookId } = await hook(w.core, agent);
  const bad = { webhookId, url: "https://169.254.169.254/latest" };
  const refusal = await refused("VALIDATION_ERROR", w.core.call(agent, "update_webhook", bad));
  expect(refusal.message).toContain("public internet");
});

testDeclared("update_webhook");
