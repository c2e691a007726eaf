import { getTableConfig, type PgTable } from "drizzle-orm/pg-core";
import { afterAll, expect, test } from "vitest";
import { emptyDatabase } from "../../test/empty.ts";
import { openWorld, taskAt } from "../../test/world.ts";
import { connect } from "./client.ts";
import { migrate } from "./migrate.ts";
import * as schema from "./schema.ts";

const url = await emptyDatabase();
const clients = [connect(url, { max: 2 }), connect(url, { max: 2 }), connect(url, { max: 2 })] as const;
const [one, two] = clients;
afterAll(() => Promise.all(clients.map((c) => c.end())));

/** Tables, columns, functions, views, triggers and rules: what a migration leaves. */
const shape = async () => {
  const rows = await one`
    select 'column' as kind, table_name || '.' || column_name || ' ' || data_type as name
      from information_schema.columns where table_schema = 'public'
    union all select 'function', proname || md5(prosrc) from pg_proc where pronamespace = 'public'::regnamespace
    union all select 'trigger', tgrelid::regclass || '.' || tgname from pg_trigger where not tgisinternal
    union all select 'constraint', conrelid::regclass || '.' || conname || pg_get_constraintdef(oid)
      from pg_constraint where connamespace = 'public'::regnamespace
    union all select 'rule', to_jsonb(r)::text from lifecycle_rule r order by 1, 2`;
  return rows.map((r) => `${r.kind} ${r.name}`);
};

test("processes that start at once migrate an empty database together, each migration once", async () => {
  const results = await Promise.all(clients.map((c) => migrate(c)));
  const applied = results.flatMap((r) => r.applied);
  expect(applied.length).toBeGreaterThan(0);
  expect(new Set(applied).size).toBe(applied.length);
  const [row] = await one`select count(*)::int as n from schema_migration`;
  expect(row?.n).toBe(applied.length);
});

test("migrating again changes nothing", async () => {
  const before = await shape();
  expect(before.length).toBeGreaterThan(100);
  expect(await migrate(one)).toEqual({ applied: [] });
  expect(await shape()).toEqual(before);
});

test("a migration that was changed after it was applied is refused, and nothing else happens", async () => {
  await two`update schema_migration set hash = 'other' where name like '001%'`;
  await one`create or replace view invariant_balances as select id, balance as cached, 0::numeric as summed from account where false`;
  const before = await shape();
  await expect(migrate(one)).rejects.toThrow(/001_tables\.sql was changed after it was applied/);
  expect(await shape()).toEqual(before);
});

test("a server may start while another works: tasks go on through a migration", async () => {
  const w = await openWorld();
  const [agent, human] = [await w.agent("Rich", 10_000), await w.human()];
  const work = Promise.all(Array.from({ length: 10 }, () => taskAt(w, "completed", agent, human)));
  const again = connect(w.url, { max: 1 });
  for (let i = 0; i < 5; i++) await migrate(again);
  await work;
  await again.end();
});

test("drizzle's tables are the database's", async () => {
  const tables = Object.values(schema).filter((t) => typeof t === "object" && "getSQL" in t && "id" in t);
  const found = await one`select table_name || '.' || column_name as name, is_nullable = 'NO' as filled
    from information_schema.columns where table_schema = 'public'`;
  const real = new Map(found.map((r) => [r.name, r.filled]));
  for (const table of [...tables, schema.taskEvents, schema.confirmations] as PgTable[]) {
    const { name, columns } = getTableConfig(table);
    for (const column of columns) {
      expect(real.get(`${name}.${column.name}`), `${name}.${column.name}`).toBe(column.notNull);
    }
  }
});
