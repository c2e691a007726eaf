import { expect, test } from "vitest";
import { fieldsOf, testDeclared, testDoor } from "../../test/door.ts";
import { DELIVERY } from "../../test/shapes.ts";
import { deliveriesOf, delivering, endpoints, hook } from "../../test/webhooks.ts";
import { act, coffeeShops, openWorld, refused } from "../../test/world.ts";

const w = await openWorld();
const agent = await w.agent("Rich", 10_000);

testDoor(w, "redeliver", {
  may: ["agent"],
  permission: "webhooks:write",
  input: { webhookId: "wh_none", deliveryId: "dlv_1" },
  required: ["webhookId", "deliveryId"],
});

test("sends what was delivered once more: the same event and body, signed anew", async () => {
  const internet = endpoints();
  const stop = delivering(w.core, internet);
  const url = "https://hooks.example.com/again";
  const { id: webhookId } = await hook(w.core, agent, url, { events: ["task.created"] });
  await act(w.core, agent, "create_task", coffeeShops());
  const status = async () => (await deliveriesOf(w.core, agent, webhookId))[0]?.status;
  await expect.poll(status).toBe("delivered");
  const [first] = await deliveriesOf(w.core, agent, webhookId);
  const again = await w.core.call(agent, "redeliver", { webhookId, deliveryId: first!.id });
  expect(fieldsOf(again)).toEqual([...DELIVERY, "untrusted"].sort());
  expect(again).toMatchObject({ id: first!.id, eventId: first!.eventId, status: "pending", attempts: 1 });
  await expect.poll(status).toBe("delivered");
  await stop();
  const [one, two] = internet.got(url);
  expect(two!.body).toBe(one!.body);
  expect(two!.headers).toEqual({ ...one!.headers, "x-humans2ai-signature": expect.any(String) });
  expect(two!.headers["x-humans2ai-signature"]).not.toBe(one!.headers["x-humans2ai-signature"]);
  expect((await deliveriesOf(w.core, agent, webhookId))[0]?.attempts).toBe(2);
});

test("knows only the deliveries of the agent's own webhook, and none of a disabled one", async () => {
  const other = await w.agent();
  const [mine, theirs] = [await hook(w.core, agent), await hook(w.core, other)];
  const foreign = await w.core.call(other, "test_webhook", { webhookId: theirs.id });
  const own = await w.core.call(agent, "test_webhook", { webhookId: mine.id });
  const again = (webhookId: string, deliveryId: string) =>
    w.core.call(agent, "redeliver", { webhookId, deliveryId });
  await refused("WEBHOOK_NOT_FOUND", again(theirs.id, foreign.id));
  for (const id of [foreign.id, "dlv_x", "dlv_999999999999999999", "dlv_99999999999999999999"]) {
    await refused("DELIVERY_NOT_FOUND", again(mine.id, id));
  }
  await w.core.call(agent, "update_webhook", { webhookId: mine.id, enabled: false });
  await refused("WEBHOOK_DISABLED", again(mine.id, own.id));
});

testDeclared("redeliver");
