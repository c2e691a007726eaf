/** Webhooks over REST, delivered by the real process to real endpoints. */

import { type ChildProcess, fork } from "node:child_process";
import { createHmac } from "node:crypto";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, inject, test } from "vitest";
import {
  type Api,
  coffeeShops,
  expectRefusal,
  listening,
  newDatabase,
  type Person,
  startApi,
  verbs,
  withKey,
} from "./api.ts";
import { connect, SECRET } from "./database.ts";
import { type Received, startReceiver } from "./receiver.ts";

const api = await startApi({ WEBHOOK_ALLOW_PRIVATE: "1" });
const strict = await startApi();

const hook = async (to: Pick<Api, "send">, as: Person, url: string, more: object = {}) => {
  const made = await to.send("/api/v1/webhooks", { ...withKey(as), body: { url, ...more } });
  expect(made.status, made.text).toBe(200);
  return made.body.result as { id: string; secret: string };
};
const postTask = async (to: Pick<Api, "call">, as: Person) => {
  const made = await to.call("create_task", coffeeShops({ budget: 1 }), withKey(as));
  expect(made.status, made.text).toBe(200);
  return made.body.result.id as string;
};

/** Which of these secrets signed what was received: computed anew, from the contract's words. */
function signers({ headers, body }: Received, secrets: string[]): string[] {
  const [t, ...signatures] = String(headers["x-humans2ai-signature"]).split(",");
  const ms = /^t=(\d{13})$/.exec(t!)![1]!;
  expect(Math.abs(Date.now() - Number(ms))).toBeLessThan(60_000);
  const by = (secret: string) =>
    `v1=${createHmac("sha256", secret).update(`v1:${ms}:${body}`).digest("hex")}`;
  return signatures.map((s) => secrets.find((secret) => by(secret) === s) ?? "nobody");
}

test("made, told of a task, rotated, sent again, listed, disabled, removed", async () => {
  const receiver = await startReceiver((res) => res.end("thank you"));
  const as = await api.agent();
  const { id, secret } = await hook(api, as, `${receiver.url}/in`, { events: ["task.created"] });
  const taskId = await postTask(api, as);
  await expect.poll(() => receiver.got).toHaveLength(1);
  const [first] = receiver.got;
  expect(signers(first!, [secret])).toEqual([secret]);
  const event = JSON.parse(first!.body);
  expect(event).toMatchObject({ type: "task.created", data: { taskId, status: "open" } });
  expect(first!.headers).toMatchObject({
    "x-humans2ai-event-id": event.id,
    "x-humans2ai-event": "task.created",
    "x-humans2ai-delivery": expect.stringMatching(/^dlv_\d+$/),
    "content-type": "application/json",
    "user-agent": expect.stringMatching(/^Humans2AI-Webhooks\//),
  });
  const path = `/api/v1/webhooks/${id}`;
  const turned = await api.send(`${path}/rotate-secret`, { ...withKey(as), body: {} });
  const fresh = turned.body.result.secret;
  const listed = await api.send(`${path}/deliveries?limit=5`, { as });
  const [delivery] = listed.body.result.deliveries;
  expect(delivery).toMatchObject({ status: "delivered", httpStatus: 200, response: "thank you", taskId });
  await api.send(`${path}/deliveries/${delivery.id}/redeliver`, { ...withKey(as), body: {} });
  await expect.poll(() => receiver.got).toHaveLength(2);
  expect(receiver.got[1]!.body).toBe(first!.body);
  expect(signers(receiver.got[1]!, [secret, fresh])).toEqual([fresh, secret]);
  const all = await api.send("/api/v1/webhooks", { as });
  expect(all.body.result.webhooks).toMatchObject([{ id, events: ["task.created"], enabled: true }]);
  for (const { text } of [all, listed]) expect(text).not.toContain("whsec_");
  const off = await api.send(path, { as, method: "PATCH", body: { enabled: false } });
  expect(off.body.result).toMatchObject({ enabled: false, disabledReason: "owner" });
  expectRefusal(await api.send(`${path}/test`, { ...withKey(as), body: {} }), 409, "WEBHOOK_DISABLED");
  expect((await api.send(path, { as, method: "DELETE" })).status).toBe(200);
  expectRefusal(await api.send(`${path}/deliveries`, { as }), 404, "WEBHOOK_NOT_FOUND");
  expect(api.log()).not.toContain("whsec_");
});

test("of others are not found, whatever is tried; humans and read-only keys are refused", async () => {
  const [mine, other] = [await api.agent(), await api.agent()];
  const { id } = await hook(api, mine, "http://127.0.0.1:9/");
  const path = `/api/v1/webhooks/${id}`;
  const tries = [
    ["PATCH", path],
    ["DELETE", path],
    ["POST", `${path}/test`],
    ["POST", `${path}/rotate-secret`],
    ["GET", `${path}/deliveries`],
    ["POST", `${path}/deliveries/dlv_1/redeliver`],
  ] as const;
  for (const [method, at] of tries) {
    const body = method === "GET" ? {} : { body: {} };
    expectRefusal(await api.send(at, { as: other, method, ...body }), 404, "WEBHOOK_NOT_FOUND");
  }
  expectRefusal(await api.send("/api/v1/webhooks", { as: await api.human() }), 403, "FORBIDDEN");
  const key = await api.send("/api/v1/api-keys", { as: mine, body: { name: "reader" } });
  expectRefusal(await api.send("/api/v1/webhooks", { as: key.body.result.key }), 403, "FORBIDDEN");
  expect((await api.send("/api/v1/webhooks", { as: mine })).body.result.webhooks).toHaveLength(1);
});

test("on a real site, what is not public https is refused, and what was stored before is not sent to", async () => {
  const receiver = await startReceiver();
  const as = await strict.agent();
  for (const url of [
    receiver.url,
    receiver.url.replace("http:", "https:"),
    "https://localhost/",
    "https://[::1]/",
    "https://169.254.169.254/",
    "gopher://example.com/",
    "",
    7,
  ]) {
    const made = await strict.send("/api/v1/webhooks", { as, body: { url } });
    expectRefusal(made, 400, "VALIDATION_ERROR", /^url: /);
  }
  const { id } = await hook(strict, as, "https://hooks.example.com/");
  await strict.sql`update webhook set url = ${receiver.url} where id = ${id}`;
  await strict.send(`/api/v1/webhooks/${id}/test`, { ...withKey(as), body: {} });
  const path = `/api/v1/webhooks/${id}/deliveries`;
  const error = async () => (await strict.send(path, { as })).body.result.deliveries[0].error;
  await expect.poll(error).toBe("The address must begin with https://.");
  expect(receiver.got).toEqual([]);
});

test("of 50 endpoints two hang: the other 48 get theirs at once, the two are given up in time", async () => {
  const hung: string[] = [];
  const receiver = await startReceiver((res, { path }) => {
    if (path === "/7" || path === "/23") hung.push(path);
    else res.end();
  });
  for (let i = 0; i < 5; i++) {
    const as = await api.agent();
    for (let n = 0; n < 10; n++) await hook(api, as, `${receiver.url}/${i * 10 + n}`);
    for (let n = 0; n < 6; n++) await postTask(api, as);
  }
  await expect.poll(() => receiver.got.length - hung.length, { timeout: 10_000 }).toBe(48 * 6);
  const answered = receiver.got.filter((r) => !hung.includes(r.path));
  expect(new Set(answered.map((r) => `${r.path} ${r.headers["x-humans2ai-event-id"]}`)).size).toBe(48 * 6);
});

test("a process that is killed in the middle of a delivery loses nothing: the next one delivers", async () => {
  let hang = true;
  const receiver = await startReceiver((res) => void (hang || res.end()));
  const databaseUrl = await newDatabase();
  const sql = connect(databaseUrl);
  const dataDir = await mkdtemp(join(tmpdir(), "h2a-kill-"));
  afterAll(async () => {
    await sql.end();
    await rm(dataDir, { recursive: true, force: true });
  });
  const first = startProcess(databaseUrl, dataDir);
  const { send, call, agent } = verbs(`http://127.0.0.1:${await listening(first, () => "killed")}`);
  const as = await agent();
  const { id } = await hook({ send }, as, receiver.url);
  await postTask({ call }, as);
  await expect.poll(() => receiver.got).toHaveLength(1);
  first.kill("SIGKILL");
  await once(first, "exit");
  hang = false;
  const [held] = await sql`select status, attempts, next_at > clock_now() as leased from delivery`;
  expect(held).toEqual({ status: "pending", attempts: 1, leased: true });
  await sql`update delivery set next_at = clock_now()`; // the lease runs out
  const second = startProcess(databaseUrl, dataDir);
  await listening(second, () => "ended");
  await expect.poll(() => receiver.got).toHaveLength(2);
  const [one, two] = receiver.got;
  expect(two!.headers["x-humans2ai-event-id"]).toBe(one!.headers["x-humans2ai-event-id"]);
  second.kill("SIGTERM");
  expect(await once(second, "exit")).toEqual([0, null]);
  const [done] = await sql`select status, attempts from delivery where webhook_id = ${id}`;
  expect(done).toEqual({ status: "delivered", attempts: 2 });
});

const startProcess = (databaseUrl: string, dataDir: string): ChildProcess =>
  fork(inject("bundle"), {
    silent: true,
    env: {
      NODE_ENV: "production",
      PATH: process.env.PATH ?? "",
      DATABASE_URL: databaseUrl,
      AUTH_SECRET: SECRET,
      DATA_DIR: dataDir,
      WEBHOOK_ALLOW_PRIVATE: "1",
    },
  });
