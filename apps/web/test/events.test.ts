/** Waiting for events over HTTP, beside everything else that the server does. */

import { expect, test } from "vitest";
import { coffeeShops, expectRefusal, startApi, withKey } from "./api.ts";

const api = await startApi();

test("a waiting agent hears of an application, over MCP's plain form and over REST", async () => {
  const [agent, human] = [await api.agent(), await api.human()];
  const { body } = await api.call("create_task", coffeeShops(), withKey(agent));
  const taskId = body.result.id;
  const { body: before } = await api.send("/api/v1/events?limit=1", { as: agent });
  expect(before.result).toMatchObject({
    events: [{ type: "task.created", data: { taskId } }],
    hasMore: false,
  });
  const waiting = api.call("wait_for_events", { after: before.result.cursor }, { as: agent });
  await api.call("apply_to_task", { taskId, message: "I live next door." }, { as: human });
  const { result } = (await waiting).body;
  expect(result.events).toMatchObject([{ type: "application.created", data: { taskId, humanId: human.id } }]);
  const rest = await api.send(`/api/v1/events?after=${before.result.cursor}`, { as: agent });
  expect(rest.body.result.events).toEqual(result.events);
});

test("a cursor or a limit that is none is refused", async () => {
  const as = await api.agent();
  expectRefusal(await api.send("/api/v1/events?after=evt_9", { as }), 404, "EVENT_NOT_FOUND");
  expectRefusal(await api.send("/api/v1/events?limit=many", { as }), 400, "VALIDATION_ERROR", /limit/);
  expectRefusal(await api.call("wait_for_events", { timeoutSeconds: 51 }, { as }), 400, "VALIDATION_ERROR");
});

test("a server that is stopped answers those who wait, and ends", async () => {
  const as = await api.agent();
  const waiting = api.call("wait_for_events", { timeoutSeconds: 50 }, { as });
  await new Promise((resolve) => setTimeout(resolve, 200));
  await api.stop();
  expect((await waiting).body.result).toEqual({ events: [], cursor: "evt_000000000000", hasMore: false });
});
