import { expect, test } from "vitest";
import { PATIENCE_MS, Subscription } from "./subscription.ts";

const BASE = 250;
const _meta = { "io.modelcontextprotocol/subscriptionId": 7 };
const acknowledge = (notifications: unknown) => ({
  jsonrpc: "2.0",
  method: "notifications/subscriptions/acknowledged",
  params: { notifications, _meta },
});

test("the first acknowledgement is the client's, a later one becomes word of what may have changed", () => {
  const subscription = new Subscription();
  expect(subscription.lasting).toBe(false);
  const first = acknowledge({ toolsListChanged: true, resourceSubscriptions: ["x://1", "x://2"] });
  expect(subscription.received(first)).toEqual([first]);
  expect(subscription.lasting).toBe(true);
  const seen = subscription.received(
    acknowledge({ promptsListChanged: true, toolsListChanged: false, resourceSubscriptions: ["x://2"] }),
  );
  expect(seen).toEqual([
    { jsonrpc: "2.0", method: "notifications/prompts/list_changed", params: { _meta } },
    { jsonrpc: "2.0", method: "notifications/resources/updated", params: { uri: "x://2", _meta } },
  ]);
});

test("other messages pass, and a server that promises nothing is not asked again", () => {
  const subscription = new Subscription();
  const event = { jsonrpc: "2.0", method: "notifications/tools/list_changed" };
  expect(subscription.received(event)).toEqual([event]);
  subscription.received(acknowledge({}));
  expect(subscription.lasting).toBe(false);
});

test("waits grow to a quarter of a minute, and patience ends", () => {
  let now = 0;
  const subscription = new Subscription(() => now);
  subscription.received(acknowledge({ toolsListChanged: true }));
  const waits: number[] = [];
  for (let wait = subscription.reopenDelay(BASE, 0, () => 1); wait !== undefined; ) {
    waits.push(wait);
    now += wait;
    wait = subscription.reopenDelay(BASE, 0, () => 1);
  }
  expect(waits.slice(0, 8)).toEqual([250, 500, 1000, 2000, 4000, 8000, 15_000, 15_000]);
  expect(now).toBeLessThanOrEqual(PATIENCE_MS);
  expect(now).toBeGreaterThan(PATIENCE_MS - 15_000);
});

test("a stream that held is forgotten as a failure, one that broke at once is not", () => {
  let now = 0;
  const subscription = new Subscription(() => now);
  const notifications = { toolsListChanged: true };
  const delays = [20_000, 1, 1, 20_000].map((lived) => {
    subscription.received(acknowledge(notifications));
    now += lived;
    return subscription.reopenDelay(BASE, 0, () => 1);
  });
  expect(delays).toEqual([250, 500, 1000, 250]);
});

test("what the server asks for is kept to, as long as there is patience for it", () => {
  const subscription = new Subscription(() => 0);
  subscription.received(acknowledge({ toolsListChanged: true }));
  expect(subscription.reopenDelay(BASE, 60_000, () => 1)).toBe(60_250);
  expect(subscription.reopenDelay(BASE, PATIENCE_MS, () => 1)).toBeUndefined();
});
