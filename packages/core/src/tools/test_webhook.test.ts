import { expect, test } from "vitest";
import { fieldsOf, testDeclared, testDoor } from "../../test/door.ts";
import { DELIVERY } from "../../test/shapes.ts";
import { delivering, endpoints, hook, signedBy } from "../../test/webhooks.ts";
import { openWorld, refused } from "../../test/world.ts";

const w = await openWorld();
const agent = await w.agent();

testDoor(w, "test_webhook", {
  may: ["agent"],
  permission: "webhooks:write",
  input: { webhookId: "wh_none" },
  required: ["webhookId"],
});

test("sends a signed event of its own type, whatever types the webhook asks for", async () => {
  const internet = endpoints();
  const stop = delivering(w.core, internet);
  const url = "https://hooks.example.com/test";
  const { id: webhookId, secret } = await hook(w.core, agent, url, { events: ["task.completed"] });
  const sent = await w.core.call(agent, "test_webhook", { webhookId });
  expect(fieldsOf(sent)).toEqual(DELIVERY);
  expect(sent).toMatchObject({
    status: "pending",
    type: "webhook.test",
    taskId: null,
    attempts: 0,
    webhookId,
  });
  await expect.poll(() => internet.got(url)).toHaveLength(1);
  const [request] = internet.got(url);
  expect(signedBy(request!, secret)).toBe(true);
  expect(JSON.parse(request!.body)).toEqual({
    id: sent.eventId,
    type: "webhook.test",
    createdAt: sent.createdAt,
    actor: "agent",
    data: { webhookId },
  });
  await stop();
});

test("knows only the agent's own, and none that is disabled", async () => {
  const theirs = await hook(w.core, await w.agent());
  await refused("WEBHOOK_NOT_FOUND", w.core.call(agent, "test_webhook", { webhookId: theirs.id }));
  const { id: webhookId } = await hook(w.core, agent);
  await w.core.call(agent, "update_webhook", { webhookId, enabled: false });
  await refused("WEBHOOK_DISABLED", w.core.call(agent, "test_webhook", { webhookId }));
});

testDeclared("test_webhook");
