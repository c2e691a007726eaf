import { expect, test } from "vitest";
import { answers, deliveriesOf, delivering, endpoints, hook } from "../../test/webhooks.ts";
import { act, coffeeShops, fail, openWorld } from "../../test/world.ts";
import type { Core } from "../core.ts";
import type { WebhookAnswer } from "../webhook-sender.ts";
import { secondsOf } from "./deliveries.ts";
import { RETRIES } from "./delivery-queue.ts";
import { forget } from "./retention.ts";
import { runOnce } from "./runner.ts";
import { webhooksJob } from "./webhooks.ts";

const w = await openWorld();
const DAY = 86_400;
let made = 0;

/** An agent with one webhook, a task's event waiting for it, and what its endpoint answers. */
async function waiting(answer: () => WebhookAnswer) {
  const internet = endpoints();
  const url = `https://hooks.example.com/${made++}`;
  internet.says(url, answer);
  const agent = await w.agent();
  const { id } = await hook(w.core, agent, url, { events: ["task.created"] });
  const post = (core = w.core) => act(core, agent, "create_task", coffeeShops({ budget: 1 }));
  await post();
  const look = async () => (await deliveriesOf(w.core, agent, id))[0]!;
  /** One more attempt at the newest delivery, made due; answers how many seconds it waits afterwards. */
  const attempt = async (core: Core = w.core) => {
    const { attempts } = await look();
    await core.client`update delivery set next_at = clock_now() where webhook_id = ${id} and status = 'pending'`;
    const stop = delivering(core, internet);
    // Tried, or ended untried because an older one before it had the webhook disabled.
    const dealtWith = async () => {
      const now = await look();
      return now.attempts > attempts || now.status !== "pending";
    };
    await expect.poll(dealtWith).toBe(true);
    await stop();
    const [row] = await core.client`select extract(epoch from next_at - clock_now())::float as wait
      from delivery where webhook_id = ${id} order by n desc limit 1`;
    return row?.wait as number;
  };
  const webhook = async () => (await w.core.call(agent, "list_webhooks", {})).webhooks[0]!;
  return { internet, url, id, agent, post, look, attempt, webhook };
}

test("the retries of the contract: 5 s, 5 m, 30 m, 2 h, 5 h, 10 h, 14 h, 20 h, 24 h", () => {
  expect(RETRIES).toEqual([5, 300, 1800, 7200, 18_000, 36_000, 50_400, 72_000, 86_400]);
  expect(RETRIES.reduce((a, b) => a + b, 0) / DAY).toBeCloseTo(3.15, 1);
});

test("each failure waits its time and up to a fifth more; after the last it has failed; asked for again it begins anew", async () => {
  const { attempt, look, id, agent, webhook, internet, url } = await waiting(() => answers(500));
  for (const delay of RETRIES) {
    const wait = await attempt();
    expect(wait).toBeGreaterThan(delay - 4);
    expect(wait).toBeLessThanOrEqual(delay * 1.2);
    expect(await look()).toMatchObject({ status: "pending", httpStatus: 500 });
  }
  await attempt();
  expect(await look()).toMatchObject({ status: "failed", attempts: 10, nextAttemptAt: null });
  expect((await webhook()).failingSince).not.toBeNull();
  await w.core.call(agent, "redeliver", { webhookId: id, deliveryId: (await look()).id });
  expect(await attempt()).toBeLessThanOrEqual(6);
  expect(await look()).toMatchObject({ status: "pending", attempts: 11 });
  internet.says(url, () => answers(204));
  await attempt();
  expect(await look()).toMatchObject({ status: "delivered", error: null, httpStatus: 204 });
  expect((await webhook()).failingSince).toBeNull();
});

test("chance spreads the retries", async () => {
  const waits = new Set<number>();
  for (let i = 0; i < 3; i++) {
    const { attempt } = await waiting(() => answers(500));
    await attempt();
    waits.add(await attempt());
  }
  expect(Math.max(...waits) - Math.min(...waits)).toBeGreaterThan(0.5);
});

test.each([301, 302, 307, 308])("a redirect (%d) is a failure, and is not followed", async (status) => {
  const { attempt, look } = await waiting(() => answers(status));
  await attempt();
  expect(await look()).toMatchObject({
    status: "pending",
    error: `The endpoint answered ${status}; redirects are not followed.`,
  });
});

test("no answer is a failure that says why", async () => {
  const { attempt, look } = await waiting(() => ({
    status: null,
    error: "The connection failed (ECONNRESET).",
  }));
  await attempt();
  expect(await look()).toMatchObject({
    status: "pending",
    httpStatus: null,
    error: "The connection failed (ECONNRESET).",
  });
});

test("Retry-After is honoured: never sooner, at most a day, and not when it is nonsense", async () => {
  const { attempt, internet, url } = await waiting(() => answers(503, "600"));
  expect(await attempt()).toBeGreaterThan(595);
  internet.says(url, () => answers(429, "999999999"));
  const longest = await attempt();
  expect(longest).toBeGreaterThan(DAY - 5);
  expect(longest).toBeLessThanOrEqual(DAY * 1.2);
  internet.says(url, () => answers(503, "soon"));
  const usual = await attempt();
  expect(usual).toBeLessThanOrEqual(1800 * 1.2);
  internet.says(url, () => answers(503, "1"));
  expect(await attempt()).toBeGreaterThan(7190);
  const now = new Date("2026-01-01T00:00:00Z");
  expect(secondsOf("Thu, 01 Jan 2026 00:10:00 GMT", now)).toBe(600);
  expect(secondsOf("Wed, 31 Dec 2025 00:00:00 GMT", now)).toBe(0);
  for (const bad of ["", "-5", "1e9", "12345678901234567890", "x".repeat(10_000)]) {
    expect(secondsOf(bad, now) ?? 0, bad).toBeLessThan(60 * DAY * 365);
  }
});

test("410 disables at once, ends what waits, and the owner is told", async () => {
  const { attempt, look, post, webhook, id, agent } = await waiting(() => answers(410));
  await post();
  await attempt();
  expect(await webhook()).toMatchObject({ enabled: false, disabledReason: "gone" });
  const all = await deliveriesOf(w.core, agent, id);
  expect(all.map((d) => d.status)).toEqual(["failed", "failed"]);
  const before = all.length;
  await post();
  expect(await deliveriesOf(w.core, agent, id)).toHaveLength(before);
  const mail = await w.core.client`select recipient, body from mail where body like ${`%${id}%`}`;
  expect(mail).toHaveLength(1);
  expect(mail[0]?.body).toContain("410 Gone");
  expect((await look()).nextAttemptAt).toBeNull();
});

test("five days in which nothing arrives disable it and mail the owner, once; a success in between does not", async () => {
  const { attempt, webhook, internet, url, post, agent, id } = await waiting(() => answers(500));
  const mails = () => w.core.client`select recipient, body from mail where body like ${`%${id}%`}`;
  await attempt();
  await post();
  await attempt(w.later(4.9 * 24));
  expect((await webhook()).enabled).toBe(true);
  internet.says(url, () => answers(200));
  await post();
  await attempt(w.later(4.95 * 24));
  expect((await webhook()).failingSince).toBeNull();
  internet.says(url, () => answers(500));
  await post();
  await attempt(w.later(5.1 * 24));
  await post();
  await attempt(w.later(10 * 24));
  expect((await webhook()).enabled).toBe(true);
  expect(await mails()).toHaveLength(0);
  await attempt(w.later(10.2 * 24));
  expect(await webhook()).toMatchObject({ enabled: false, disabledReason: "failing" });
  const [owner] = await w.core.client`select email from app_user where id = ${agent.userId}`;
  expect(await mails()).toMatchObject([{ recipient: owner?.email, body: expect.stringContaining("5 days") }]);
});

test("a webhook that was given another address in the meantime is not blamed for the old one", async () => {
  const { attempt, webhook, id, agent, url, internet } = await waiting(() => answers(200));
  internet.says(url, async () => {
    await w.core.call(agent, "update_webhook", { webhookId: id, url: `${url}/new` });
    return answers(410);
  });
  await attempt();
  expect(await webhook()).toMatchObject({ enabled: true, failingSince: null });
});

test("the job says how things stand; tests are forgotten after 30 days", async () => {
  const { agent, id } = await waiting(() => answers(200));
  await w.core.call(agent, "test_webhook", { webhookId: id });
  const note = async (core: Core) => {
    await runOnce(core, webhooksJob(1000), () => {});
    return (await core.client`select note from job_run where name = 'webhooks'`)[0]?.note;
  };
  expect(await note(w.core)).toMatch(/^\d+ deliveries waiting, \d+ endpoints failing$/);
  const types = async () => (await deliveriesOf(w.core, agent, id)).map((d) => d.type);
  await forget(w.later(29 * 24), fail);
  expect(await types()).toEqual(["webhook.test", "task.created"]);
  await forget(w.later(31 * 24), fail);
  expect(await types()).toEqual([]);
});
