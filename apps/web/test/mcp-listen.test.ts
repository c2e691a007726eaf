/** subscriptions/listen: an account hears of its own changes, whichever process made them, and nobody else does. */

import type { Client, ServerNotification } from "@modelcontextprotocol/client";
import { expect, test } from "vitest";
import { type Api, type Person, startApi, withKey } from "./api.ts";
import { clientOf, postTask, secondApi } from "./client.ts";
import { MODERN } from "./mcp.ts";

const api = await startApi();
const second = await secondApi(api);
const [agent, other, human] = await Promise.all([api.agent(), api.agent(), api.human()]);
const WALLET = "humans2ai://wallet";
const TASKS = "humans2ai://tasks";

/** What a client is told, as it comes. */
async function listening(as: Person, uris: string[], at: Api = api) {
  const client = await clientOf(at, as);
  const told: string[] = [];
  const note = ({ method, params }: Pick<ServerNotification, "method"> & { params?: unknown }) =>
    void told.push((params as { uri?: string }).uri ?? method);
  client.setNotificationHandler("notifications/resources/updated", note);
  client.setNotificationHandler("notifications/resources/list_changed", note);
  const subscription = await client.listen({ resourcesListChanged: true, resourceSubscriptions: uris });
  return { client, told, subscription };
}

const apply = (taskId: string, at: Api) =>
  at.call("apply_to_task", { taskId, message: "Tomorrow." }, withKey(human));

test("an account hears of what happens in another process within two seconds, and of what it asked for only", async () => {
  const taskId = await postTask(api, agent);
  const uri = `${TASKS}/${taskId}`;
  const { told, subscription } = await listening(agent, [uri, `${uri}/messages`, WALLET]);
  expect(subscription.honoredFilter).toEqual({
    resourcesListChanged: true,
    resourceSubscriptions: [uri, `${uri}/messages`, WALLET],
  });
  await apply(taskId, second);
  await expect.poll(() => told, { timeout: 2000 }).toEqual([uri]);
  await second.call("select_applicant", { taskId, humanId: human.id }, withKey(agent));
  await expect.poll(() => told.length, { timeout: 2000 }).toBe(2);
  await second.call("send_message", { taskId, content: "Where are you?" }, withKey(human));
  await expect.poll(() => told.at(-1), { timeout: 2000 }).toBe(`${uri}/messages`);
  const elsewhere = await postTask(second, agent);
  await expect.poll(() => told, { timeout: 2000 }).toHaveLength(5);
  expect(told.slice(3).sort()).toEqual([WALLET, "notifications/resources/list_changed"]);
  expect(told).not.toContain(`${TASKS}/${elsewhere}`);
});

test("no other account hears of it, whatever addresses it asks for", async () => {
  const mine = await postTask(api, agent);
  const uris = [`${TASKS}/${mine}`, `${TASKS}/${mine}/messages`, TASKS, WALLET];
  const streams = [await listening(other, uris), await listening(other, uris, second)];
  const own = await listening(agent, uris);
  for (const at of [api, second]) {
    await apply(mine, at);
    await at.call("withdraw_application", { taskId: mine }, withKey(human));
  }
  await postTask(second, agent);
  await expect.poll(() => own.told, { timeout: 5000 }).toContain(WALLET);
  // Its own change comes later than those of the other account would have: that nothing was before it is known then.
  const late = await postTask(api, other);
  for (const { told } of streams) {
    await expect.poll(() => told, { timeout: 5000 }).toHaveLength(3);
    expect([...told].sort()).toEqual([TASKS, WALLET, "notifications/resources/list_changed"].sort());
    expect(told.join()).not.toContain(mine);
    expect(told.join()).not.toContain(late);
  }
});

test("a human hears of what it was assigned to", async () => {
  const taskId = await postTask(api, agent);
  await apply(taskId, api);
  const { told } = await listening(human, [`${TASKS}/${taskId}`, TASKS]);
  await second.call("select_applicant", { taskId, humanId: human.id }, withKey(agent));
  await expect.poll(() => told, { timeout: 2000 }).toHaveLength(3);
  expect(told).toContain("notifications/resources/list_changed");
});

test("what a key may not be told of is not acknowledged, and the stream ends at once", async () => {
  const { body } = await api.call(
    "create_api_key",
    { name: "W", permissions: ["wallet:read"] },
    withKey(agent),
  );
  const client = await clientOf(api, body.result.key);
  const { honoredFilter, closed } = await client.listen({ resourceSubscriptions: [WALLET] });
  expect(honoredFilter).toEqual({});
  expect(await closed).toBe("graceful");
});

test("a revoked key hears of nothing any more", async () => {
  const owner = await api.agent();
  const { body } = await api.call("create_api_key", { name: "Ears" }, withKey(owner));
  const { key, id } = body.result;
  const { told, subscription } = await listening({ ...owner, token: key }, [TASKS, WALLET]);
  await postTask(api, owner);
  await expect.poll(() => told, { timeout: 5000 }).toHaveLength(3);
  await api.call("revoke_api_key", { keyId: id }, withKey(owner));
  await postTask(api, owner);
  expect(await subscription.closed).toBe("graceful");
  expect(told).toHaveLength(3);
});

const envelope = {
  "io.modelcontextprotocol/protocolVersion": MODERN,
  "io.modelcontextprotocol/clientCapabilities": {},
};
/** The bare stream, and how to leave it. */
async function rawListen(as: Person) {
  const leave = new AbortController();
  const response = await fetch(`${api.url}/api/v1/mcp`, {
    method: "POST",
    signal: leave.signal,
    headers: {
      authorization: `Bearer ${as.token}`,
      accept: "application/json, text/event-stream",
      "content-type": "application/json",
      "mcp-protocol-version": MODERN,
      "mcp-method": "subscriptions/listen",
    },
    body: JSON.stringify({
      jsonrpc: "2.0",
      id: 7,
      method: "subscriptions/listen",
      params: { notifications: { resourceSubscriptions: [WALLET] }, _meta: envelope },
    }),
  });
  return { response, leave: () => leave.abort() };
}

test("an account has twenty places, whoever takes them at once; who leaves frees one at once", async () => {
  const busy = await api.agent();
  const all = await Promise.all(Array.from({ length: 40 }, () => rawListen(busy)));
  const streams = all.filter(({ response }) => response.status === 200);
  expect(streams).toHaveLength(20);
  const refused = await all.find(({ response }) => response.status !== 200)!.response.json();
  expect(refused).toMatchObject({ id: 7, error: { code: -409, data: { code: "TOO_MANY_WAITING" } } });
  const waiting = () => api.call("wait_for_events", { timeoutSeconds: 0 }, { as: busy });
  expect((await waiting()).body.error.code).toBe("TOO_MANY_WAITING");
  expect((await rawListen(other)).response.status).toBe(200);
  for (const { leave } of streams) leave();
  await expect.poll(async () => (await waiting()).body.error).toBeNull();
  const again = await Promise.all(Array.from({ length: 20 }, () => rawListen(busy)));
  expect(again.map(({ response }) => response.status)).toEqual(Array(20).fill(200));
});

test("the stream is one that no proxy keeps back: acknowledged at once, before anything has happened", async () => {
  const { response, leave } = await rawListen(await api.agent());
  expect(response.headers.get("content-type")).toBe("text/event-stream");
  expect(response.headers.get("x-accel-buffering")).toBe("no");
  expect(response.headers.get("cache-control")).toContain("no-transform");
  const { value } = await response.body!.getReader().read();
  expect(new TextDecoder().decode(value)).toContain("notifications/subscriptions/acknowledged");
  leave();
});

test("a server that is stopped takes its leave of those who listen, and ends", async () => {
  const client: Client = await clientOf(second, agent);
  const { closed } = await client.listen({ resourceSubscriptions: [WALLET] });
  await second.stop();
  expect(await closed).toBe("graceful");
});
