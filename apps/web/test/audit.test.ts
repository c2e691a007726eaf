/** The audit over the wire: which door it tells of, who may read it, and the export. */

import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readPublicKey, verifyAudit } from "@humans2ai/core/setup";
import { afterAll, expect, test } from "vitest";
import { coffeeShops, expectRefusal, startApi, withKey } from "./api.ts";
import { rpcOf } from "./mcp.ts";

const [email, password] = ["boss@example.com", "correct-horse-1"];
const folder = await mkdtemp(join(tmpdir(), "h2a-audit-"));
afterAll(() => rm(folder, { recursive: true, force: true }));
const outside = join(folder, "seals.jsonl");
const api = await startApi({
  ADMIN_EMAIL: email,
  ADMIN_PASSWORD: password,
  JOB_INTERVAL_MS: "50",
  AUDIT_SEALS: outside,
});
const admin = (await api.call("login", { email, password })).body.result.idToken as string;
const LOGS = "/api/v1/admin/audit-logs";
const lines = (text: string) =>
  text
    .split("\n")
    .filter(Boolean)
    .map((line) => JSON.parse(line));
const entriesOf = async (query: string) =>
  (await api.send(`${LOGS}?${query}`, { as: admin })).body.result.entries;

test("tells by which door a call came, and with which key", async () => {
  const as = await api.agent();
  const { legacy } = rpcOf(api);
  const made = await api.send("/api/v1/api-keys", { as, body: { name: "ci", permissions: ["tasks:write"] } });
  const { key, id } = made.body.result;
  const input = { taskId: (await api.call("create_task", coffeeShops(), withKey(key))).body.result.id };
  await legacy("tools/call", { name: "cancel_task", arguments: input }, { as: key });
  const told = (await entriesOf(`accountId=${as.id}`)).map((e: Record<string, unknown>) => [
    e.tool,
    e.channel,
    e.via,
    e.keyId,
    e.ip,
  ]);
  expect(told).toEqual([
    ["cancel_task", "mcp", "api_key", id, "127.0.0.1"],
    ["create_task", "http", "api_key", id, "127.0.0.1"],
    ["create_api_key", "rest", "id_token", null, "127.0.0.1"],
    ["register", "http", "none", null, "127.0.0.1"],
  ]);
  const own = await api.send(`/api/v1/audit-logs?taskId=${input.taskId}`, { as });
  expect(own.body.result.entries.map((e: { tool: string }) => e.tool)).toEqual([
    "cancel_task",
    "create_task",
  ]);
});

test("the export is the whole list, line by line, over many pages", async () => {
  const as = await api.agent();
  await api.sql`select audit(${as.id}, 'agent', 'none', null, null, 'job', 'filler', null, 'ok', null, null, null)
    from generate_series(1, 1203)`;
  const reply = await fetch(`${api.url}${LOGS}?format=jsonl&tool=filler`, {
    headers: { authorization: `Bearer ${admin}` },
  });
  expect(reply.status).toBe(200);
  expect(reply.headers.get("content-type")).toBe("application/x-ndjson; charset=utf-8");
  const exported = lines(await reply.text());
  expect(exported).toHaveLength(1203);
  expect(exported.map((e) => e.n)).toEqual([...new Set(exported.map((e) => e.n))].sort((a, b) => b - a));
  const accepted = await fetch(`${api.url}${LOGS}?tool=filler`, {
    headers: { authorization: `Bearer ${admin}`, accept: "application/x-ndjson" },
  });
  expect(lines(await accepted.text())).toHaveLength(1203);
  const none = await fetch(`${api.url}${LOGS}?format=jsonl&tool=nothing`, {
    headers: { authorization: `Bearer ${admin}` },
  });
  expect([none.status, await none.text()]).toEqual([200, ""]);
});

test("is read by admins alone", async () => {
  const as = await api.agent();
  for (const path of [LOGS, `${LOGS}?format=jsonl`]) {
    expectRefusal(await api.send(path), 401, "UNAUTHORIZED");
    expectRefusal(await api.send(path, { as }), 403, "FORBIDDEN");
  }
  expectRefusal(await api.send(`${LOGS}?format=xml`, { as: admin }), 400, "VALIDATION_ERROR");
  expectRefusal(await api.send(`${LOGS}?format=jsonl&from=x`, { as: admin }), 400, "VALIDATION_ERROR");
  expectRefusal(await api.send(`${LOGS}?cursor=-1`, { as: admin }), 400, "VALIDATION_ERROR");
});

test("is sealed by the running server, with a copy outside, and holds", async () => {
  const last = async () => (await api.sql`select max(n)::int as n from audit_entry`)[0]?.n;
  await api.agent();
  const n = await last();
  await expect
    .poll(async () => (await api.sql`select coalesce(max(last), 0)::int as n from audit_seal`)[0]?.n, {
      timeout: 20_000,
    })
    .toBeGreaterThanOrEqual(n);
  const { sealing } = (await api.send(`${LOGS}?limit=1`, { as: admin })).body.result;
  const { keyId, publicKey } = readPublicKey(sealing.publicKey)!;
  const verdict = await verifyAudit(api.sql, { keys: new Map([[keyId, publicKey]]), outside });
  expect(verdict).toMatchObject({ faults: 0, first: [] });
  expect(verdict.seals).toBeGreaterThan(0);
});
