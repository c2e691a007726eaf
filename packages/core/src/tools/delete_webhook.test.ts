import { expect, test } from "vitest";
import { fieldsOf, testDeclared, testDoor } from "../../test/door.ts";
import { WEBHOOK } from "../../test/shapes.ts";
import { hook } from "../../test/webhooks.ts";
import { openWorld, refused } from "../../test/world.ts";

const w = await openWorld();
const agent = await w.agent();

testDoor(w, "delete_webhook", {
  may: ["agent"],
  permission: "webhooks:write",
  input: { webhookId: "wh_none" },
  required: ["webhookId"],
});

test("removes it with its secrets and deliveries, and makes room for another", async () => {
  const [gone, kept] = [await hook(w.core, agent), await hook(w.core, agent)];
  for (const { id: webhookId } of [gone, kept]) await w.core.call(agent, "test_webhook", { webhookId });
  const removed = await w.core.call(agent, "delete_webhook", { webhookId: gone.id });
  expect(fieldsOf(removed)).toEqual(WEBHOOK);
  const left = await w.core.client`select webhook_id from delivery`;
  expect(left.map((d) => d.webhook_id)).toEqual([kept.id]);
  await refused("WEBHOOK_NOT_FOUND", w.core.call(agent, "delete_webhook", { webhookId: gone.id }));
});

test("knows only the agent's own", async () => {
  const other = await w.agent();
  const theirs = await hook(w.core, other);
  await refused("WEBHOOK_NOT_FOUND", w.core.call(agent, "delete_webhook", { webhookId: theirs.id }));
  expect((await w.core.call(other, "list_webhooks", {})).webhooks).toHaveLength(1);
});

testDeclared("delete_webhook");
