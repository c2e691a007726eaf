import { readFile } from "node:fs/promises";
import { expect, test } from "vitest";
import { asked, connected } from "../../test/apps.ts";
import { act, coffeeShops, fail, openWorld, refused } from "../../test/world.ts";
import { ANONYMOUS } from "../context.ts";
import { queueMail } from "../mail.ts";
import { registerClient } from "../oauth/clients.ts";
import { forget, KEPT, retentionJob } from "./retention.ts";
import { runOnce } from "./runner.ts";

const w = await openWorld();
const { core } = w;
const sql = core.client;
const DAY = 24;
const count = async (table: string) => (await sql`select count(*)::int as n from ${sql(table)}`)[0]?.n;

test("forgets idempotency keys after a day, and confirmations", async () => {
  const agent = await w.agent("Rich", 10_000);
  await act(core, agent, "create_task", coffeeShops(), "old");
  await core.call(agent, "request_confirmation", { tool: "create_task", params: { budget: 1 } });
  const left = async () => {
    const [row] = await sql`select
      (select count(*) from idempotency where key = encode(sha256('old'), 'hex'))::int as keys,
      (select count(*) from confirmation)::int as tokens`;
    return [row?.keys, row?.tokens];
  };
  await forget(w.later(23.9), fail);
  expect(await left()).toEqual([1, 1]);
  await forget(w.later(25), fail);
  expect(await left()).toEqual([0, 0]);
});

test("refresh tokens go when they expire, though their family lives; until then a reuse ends it", async () => {
  const refresh = (refreshToken: string, at = core) =>
    at.call(ANONYMOUS, "refresh_session", { refreshToken });
  const first = await w.login(await w.human());
  const [family] = await sql`select family as id from session order by created_at desc, id desc limit 1`;
  const tokens = async () =>
    (await sql`select count(*)::int as n from session where family = ${family?.id}`)[0]?.n;
  const second = await refresh(first.refreshToken, w.later(20 * DAY));
  const third = await refresh(second.refreshToken, w.later(40 * DAY));
  await forget(w.later(29 * DAY), fail);
  expect(await tokens()).toBe(3);
  const late = w.later(45 * DAY);
  await forget(late, fail);
  expect(await tokens()).toBe(2);
  await refused("UNAUTHORIZED", refresh(first.refreshToken, late));
  const fourth = await refresh(third.refreshToken, late); // the expired one ended nothing
  await refused("UNAUTHORIZED", refresh(second.refreshToken, late));
  await refused("UNAUTHORIZED", refresh(fourth.refreshToken, late));
  await forget(w.later(76 * DAY), fail);
  expect(await tokens()).toBe(0);
  const known = async () => (await sql`select id from sign_in where id = ${family?.id}`).length;
  expect(await known()).toBe(1);
  await forget(w.later(136 * DAY), fail);
  expect(await known()).toBe(0);
});

test("forgets requests of apps after a day, connections when none of their tokens is left, idle clients later", async () => {
  const agent = await w.agent();
  const { id } = await connected(core, agent);
  await asked(core);
  await registerClient(core, "203.0.113.1", { name: "An app", redirectUris: ["https://a.example/cb"] });
  const left = async () => [
    await count("oauth_request"),
    (await sql`select from oauth_grant where id = ${id}`).length,
    await count("oauth_client"),
  ];
  await forget(w.later(DAY), fail);
  expect(await left()).toEqual([2, 1, 1]);
  await forget(w.later(2 * DAY), fail);
  expect(await left()).toEqual([0, 1, 1]);
  await forget(w.later(30 * DAY), fail);
  expect(await left()).toEqual([0, 1, 1]);
  await forget(w.later(32 * DAY), fail);
  expect(await left()).toEqual([0, 0, 1]);
  await forget(w.later(91 * DAY), fail);
  expect(await left()).toEqual([0, 0, 0]);
});

test("forgets mails after 30 days, more of them than go in one statement", async () => {
  await queueMail(sql, { to: "ancient@nowhere.test", subject: "Hello", text: "A link." });
  await sql`insert into mail (recipient, subject, body, next_at, created_at)
    select 'many@nowhere.test', 'x', 'x', clock_now(), clock_now() from generate_series(1, 6000)`;
  const before = await count("mail");
  await forget(w.later(29 * DAY), fail);
  expect(await count("mail")).toBe(before);
  await forget(w.later(31 * DAY), fail);
  expect(await count("mail")).toBe(0);
});

test("jobs that are no more are forgotten", async () => {
  const old = { name: "renamed", everyMs: 1000, run: async () => undefined };
  const rare = { ...old, name: "rare", everyMs: 5 * DAY * 3_600_000 };
  for (const job of [old, rare]) await runOnce(core, job, fail);
  const names = async () => (await sql`select name from job_run`).map(({ name }) => name);
  await runOnce(w.later(23), retentionJob(1000), fail);
  expect(await names()).toContain("renamed");
  await runOnce(w.later(25), retentionJob(1000), fail);
  expect(await names()).not.toContain("renamed");
  expect(await names()).toContain("rare");
});

test("what is in use stays, and is waited for by nobody", async () => {
  await w.login(await w.human());
  const late = w.later(200 * DAY);
  await sql.begin(async (tx) => {
    const [held] = await tx`select id from sign_in limit 1 for update`;
    await forget(late, fail);
    expect(await sql`select id from sign_in`).toEqual([held]);
  });
  await forget(late, fail);
  expect(await count("sign_in")).toBe(0);
});

test("a table that fails holds up no other", async () => {
  await w.login(await w.human());
  const errors: unknown[] = [];
  const late = w.later(200 * DAY);
  const { session } = KEPT;
  KEPT.session = (tx) => tx`no_such_column`;
  await forget(late, (error) => errors.push(error)).finally(() => Object.assign(KEPT, { session }));
  expect(errors).toHaveLength(1);
  expect(await count("sign_in")).toBe(0);
});

test.each(Object.keys(KEPT).filter((table) => !["rate_limit", "job_run"].includes(table)))(
  "what is old in %s is found by an index",
  async (table) => {
    const plan = await sql.begin(async (tx) => {
      await tx`set local enable_seqscan = off`;
      return tx`explain select ctid from ${tx(table)} where ${KEPT[table]!(tx)}`;
    });
    expect(plan.map((row) => row["QUERY PLAN"]).join("\n")).not.toContain("Seq Scan");
  },
);

test("the operator's table names all of them", async () => {
  const docs = await readFile(new URL("../../../../docs/operations.md", import.meta.url), "utf8");
  for (const table of Object.keys(KEPT)) expect(docs).toContain(`\`${table}\``);
});
