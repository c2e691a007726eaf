import { expect, test } from "vitest";
import { deliveriesOf, delivering, endpoints, hook, hurry, ok, signedBy } from "../../test/webhooks.ts";
import { act, coffeeShops, openWorld, refused, taskAt } from "../../test/world.ts";
import type { WebhookAnswer } from "../webhook-sender.ts";
import { claim, settle } from "./delivery-queue.ts";

const w = await openWorld();
const never = () => new Promise<WebhookAnswer>(() => {});
const post = (agent: Awaited<ReturnType<typeof w.agent>>) =>
  act(w.core, agent, "create_task", coffeeShops({ budget: 1 }));
const rich = () => w.agent("Rich", 10_000);
const count = async () => (await w.core.client`select count(*)::int as n from delivery`)[0]?.n;
const WELL = { failing: false, slots: 48, most: 4, mostOfOwner: 48 };

test("an event and its deliveries are one transaction: an action that is undone leaves none", async () => {
  const [agent, human] = [await rich(), await w.human()];
  const taskId = await taskAt(w, "assigned", agent, human);
  await hook(w.core, agent);
  const before = await count();
  const told = w.core.client.begin(async (tx) => {
    await tx`insert into message (id, task_id, human_id, sender_id, content, created_at)
      values ('msg_undone', ${taskId}, ${human.userId}, ${agent.userId}, 'hi', clock_now())`;
    const [row] = await tx`select count(*)::int as n from delivery`;
    expect(row?.n).toBe(before + 1);
    throw new Error("undone");
  });
  await expect(told).rejects.toThrow("undone");
  await refused("INSUFFICIENT_BALANCE", act(w.core, agent, "create_task", coffeeShops({ budget: 90_000 })));
  expect(await count()).toBe(before);
  await act(w.core, agent, "send_message", { taskId, content: "hi" });
  expect(await count()).toBe(before + 1);
});

test("an event goes to the live webhooks of its agent that ask for its type, once each", async () => {
  const [agent, other] = [await rich(), await rich()];
  const all = await hook(w.core, agent);
  const some = await hook(w.core, agent, undefined, { events: ["task.created", "task.cancelled"] });
  const none = await hook(w.core, agent, undefined, { events: ["message.created"] });
  const off = await hook(w.core, agent);
  await w.core.call(agent, "update_webhook", { webhookId: off.id, enabled: false });
  const foreign = await hook(w.core, other);
  await post(agent);
  const sent = async (id: string, by = agent) => (await deliveriesOf(w.core, by, id)).map((d) => d.type);
  expect(await sent(all.id)).toEqual(["task.created"]);
  expect(await sent(some.id)).toEqual(["task.created"]);
  for (const { id } of [none, off]) expect(await sent(id)).toEqual([]);
  expect(await sent(foreign.id, other)).toEqual([]);
});

test("what arrives says what happened, in ids and statuses, signed at the time it was sent", async () => {
  const internet = endpoints();
  const stop = delivering(w.core, internet);
  const [agent, human] = [await rich(), await w.human()];
  const url = "https://hooks.example.com/story";
  const { secret } = await hook(w.core, agent, url);
  const taskId = await taskAt(w, "completed", agent, human);
  await expect.poll(() => internet.got(url)).toHaveLength(5);
  await stop();
  const came = internet.got(url).map((r) => ({ ...r, event: JSON.parse(r.body) }));
  const types = ["task.created", "application.created", "task.assigned", "task.submitted", "task.completed"];
  expect(came.map((r) => r.event.type).sort()).toEqual(types.sort());
  for (const { event, headers, body, ...request } of came) {
    expect(event).toEqual({
      id: expect.stringMatching(/^evt_\d+$/),
      type: event.type,
      actor: expect.stringMatching(/^(agent|human)$/),
      createdAt: expect.stringMatching(/Z$/),
      data: expect.objectContaining({ taskId }),
    });
    expect(Buffer.byteLength(body)).toBeLessThan(20_000);
    for (const written of ["coffee", "I can start", "All photos"]) expect(body).not.toContain(written);
    expect(headers).toMatchObject({
      "content-type": "application/json",
      "x-humans2ai-event-id": event.id,
      "x-humans2ai-event": event.type,
      "x-humans2ai-delivery": expect.stringMatching(/^dlv_\d+$/),
    });
    expect(signedBy({ ...request, headers, body }, secret)).toBe(true);
    const t = Number(/t=(\d+)/.exec(headers["x-humans2ai-signature"]!)?.[1]);
    expect(Math.abs(t - w.core.now().getTime())).toBeLessThan(60_000);
  }
  const completed = came.find((r) => r.event.type === "task.completed")!.event;
  expect(completed.data).toEqual({ taskId, status: "completed", from: "submitted", humanId: human.userId });
});

test("48 endpoints get theirs though two others hang, and a backlog of one that hangs is in nobody's way", async () => {
  const internet = endpoints();
  const urls = Array.from({ length: 50 }, (_, i) => `https://hooks.example.com/many/${i}`);
  const hanging = new Set([urls[3]!, urls[31]!]);
  for (const url of hanging) internet.says(url, never);
  for (let i = 0; i < 5; i++) {
    const agent = await rich();
    for (const url of urls.slice(i * 10, i * 10 + 10)) await hook(w.core, agent, url);
    for (let n = 0; n < 8; n++) await post(agent);
  }
  const stop = delivering(w.core, internet);
  const well = urls.filter((url) => !hanging.has(url));
  const arrived = () => well.reduce((sum, url) => sum + internet.got(url).length, 0);
  await expect.poll(arrived, { timeout: 10_000 }).toBe(48 * 8);
  for (const url of hanging) expect(internet.got(url).length).toBe(4);
  await stop();
});

test("an endpoint that fails has one attempt under way at a time, in slots of its own", async () => {
  const internet = endpoints();
  const url = "https://hooks.example.com/failing";
  internet.says(url, never);
  const agent = await rich();
  const { id } = await hook(w.core, agent, url);
  await w.core.client`update webhook set failing_since = clock_now() where id = ${id}`;
  for (let n = 0; n < 5; n++) await post(agent);
  const marker = await hook(w.core, agent, `${url}/marker`, { events: ["task.created"] });
  await post(agent);
  const stop = delivering(w.core, internet);
  await expect.poll(() => internet.got(marker.url)).toHaveLength(1);
  await expect.poll(() => internet.got(url)).toHaveLength(1);
  await new Promise((resolve) => setTimeout(resolve, 700));
  expect(internet.got(url)).toHaveLength(1);
  await stop();
});

test("whoever dies while delivering loses nothing: another delivers once the lease is over", async () => {
  const agent = await rich();
  const { id } = await hook(w.core, agent);
  await post(agent);
  const mine = async (core = w.core) =>
    (await claim(core, WELL, 48, new Map(), new Map())).filter((d) => d.webhook_id === id);
  const [dead] = await mine();
  expect(dead).toMatchObject({ attempts: 1, round: 1 });
  expect(await mine()).toEqual([]);
  const [next] = await mine(w.later(0.02));
  expect(next).toMatchObject({ n: dead!.n, attempts: 2 });
  const outcome = { httpStatus: 200, error: null, response: "", durationMs: 1, retryAfter: null };
  await settle(w.core, next!, outcome);
  // The one taken for dead wakes up and says what it has to say: too late.
  await settle(w.core, dead!, { ...outcome, httpStatus: 500, error: "late" });
  expect((await deliveriesOf(w.core, agent, id))[0]).toMatchObject({ status: "delivered", httpStatus: 200 });
});

test("two that deliver at once share the work: each event once", async () => {
  const internet = endpoints();
  const url = "https://hooks.example.com/shared";
  const agent = await rich();
  await hook(w.core, agent, url, { events: ["task.created"] });
  const stops = [delivering(w.core, internet), delivering(w.later(0), internet)];
  await Promise.all(Array.from({ length: 40 }, () => post(agent)));
  await expect.poll(() => internet.got(url).length, { timeout: 10_000 }).toBe(40);
  const ids = internet.got(url).map((r) => r.headers["x-humans2ai-event-id"]);
  expect(new Set(ids).size).toBe(40);
  await Promise.all(stops.map((stop) => stop()));
  expect(internet.got(url)).toHaveLength(40);
});

test("a stop breaks off what hangs, and the next to start delivers it at once", async () => {
  const internet = endpoints();
  const url = "https://hooks.example.com/stopped";
  internet.says(url, never);
  const agent = await rich();
  const { id } = await hook(w.core, agent, url);
  await post(agent);
  const stop = delivering(w.core, internet);
  await expect.poll(() => internet.got(url)).toHaveLength(1);
  await stop();
  internet.says(url, () => ok);
  const stopAgain = delivering(w.core, internet);
  await expect.poll(() => internet.got(url)).toHaveLength(2);
  await stopAgain();
  expect((await deliveriesOf(w.core, agent, id))[0]).toMatchObject({ status: "delivered", attempts: 2 });
});

test("what waits for a webhook that was removed or disabled is not sent", async () => {
  const internet = endpoints();
  const agent = await rich();
  const [gone, off] = [
    await hook(w.core, agent, "https://a.example.org/"),
    await hook(w.core, agent, "https://b.example.org/"),
  ];
  await post(agent);
  await w.core.call(agent, "update_webhook", { webhookId: off.id, enabled: false });
  // As a race leaves it: enqueued by a transaction that did not see the removal.
  await w.core.client`delete from webhook where id = ${gone.id}`;
  const stop = delivering(w.core, internet);
  await expect.poll(async () => (await deliveriesOf(w.core, agent, off.id))[0]?.status).toBe("failed");
  const left = () => w.core.client`select 1 from delivery where webhook_id = ${gone.id}`;
  await expect.poll(async () => (await left()).length).toBe(0);
  await stop();
  expect([...internet.got(gone.url), ...internet.got(off.url)]).toEqual([]);
  expect((await deliveriesOf(w.core, agent, off.id))[0]).toMatchObject({
    attempts: 0,
    error: "The webhook was disabled.",
  });
});

test("a secret that cannot be opened any more fails the attempt, and is reported", async () => {
  const internet = endpoints();
  const agent = await rich();
  const { id, url } = await hook(w.core, agent, "https://hooks.example.com/sealed");
  await w.core
    .client`update webhook set secret = set_byte(secret, 30, get_byte(secret, 30) # 1) where id = ${id}`;
  await post(agent);
  const reported: Error[] = [];
  const stop = delivering(w.core, internet, (error) => reported.push(error as Error));
  await expect
    .poll(async () => (await deliveriesOf(w.core, agent, id))[0]?.error)
    .toMatch(/fault on our side/);
  await stop();
  expect(internet.got(url)).toEqual([]);
  expect(reported).toHaveLength(1);
  expect(reported[0]!.message).toMatch(/^delivery \d+$/);
  await hurry(w);
  await w.core.call(agent, "rotate_webhook_secret", { webhookId: id });
  await w.core.client`update webhook set previous_secret = null, previous_until = null where id = ${id}`;
  const again = delivering(w.core, internet);
  await expect.poll(() => internet.got(url)).toHaveLength(1);
  await again();
});

test("a retry of a request that made a secret does not make a second one, nor show it again", async () => {
  const agent = await w.agent();
  const made = { url: "https://hooks.example.com/once" };
  await act(w.core, agent, "create_webhook", made, "once");
  await refused("ALREADY_DONE", act(w.core, agent, "create_webhook", made, "once"));
  expect((await w.core.call(agent, "list_webhooks", {})).webhooks).toHaveLength(1);
});
