import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { transferKindNames, transferKinds } from "../ledger.ts";
import { actions, lifecycle, ruleRows } from "../lifecycle.ts";
import { statuses, statusNames } from "../statuses.ts";
import type { Client, Sql } from "./client.ts";

const folder = new URL("./sql/", import.meta.url);
const OLDEST_POSTGRES = 15;

/**
 * Brings a database up to date: new migrations in order, once each, then the functions, rule rows and invariant
 * views, which are replaced as a whole. One transaction; several processes may start at once.
 */
export async function migrate(client: Client): Promise<{ applied: string[] }> {
  const [version] = await client`select current_setting('server_version_num')::int / 10000 as major`;
  if (version?.major < OLDEST_POSTGRES) {
    throw new Error(`Postgres ${version?.major} is too old; version ${OLDEST_POSTGRES} or newer is needed.`);
  }
  const names = (await readdir(new URL("migrations/", folder))).filter((n) => n.endsWith(".sql")).sort();
  return client.begin(async (tx) => {
    const run = async (name: string) => tx.unsafe(await readFile(new URL(name, folder), "utf8")).simple();
    // Whoever comes second waits for the first, however long that takes.
    await tx`set local lock_timeout = 0`;
    await tx`set local statement_timeout = 0`;
    await tx`select pg_advisory_xact_lock(730015)`;
    await tx`create table if not exists schema_migration (name text primary key, hash text not null, at timestamptz not null default now())`;
    const done = new Map((await tx`select name, hash from schema_migration`).map((r) => [r.name, r.hash]));
    const newer = [...done.keys()].find((name) => !names.includes(name));
    if (newer) {
      throw new Error(
        `The database has migration ${newer}, which this build does not know: it is of a newer release.`,
      );
    }
    const applied: string[] = [];
    for (const name of names) {
      const text = await readFile(new URL(`migrations/${name}`, folder), "utf8");
      const hash = createHash("sha256").update(text).digest("hex");
      const before = done.get(name);
      if (before && before !== hash) {
        throw new Error(`Migration ${name} was changed after it was applied; write a new one instead.`);
      }
      if (before) continue;
      await tx.unsafe(text).simple();
      await tx`insert into schema_migration (name, hash) values (${name}, ${hash})`;
      applied.push(name);
    }
    await run("functions.sql");
    await run("requests.sql");
    await run("questions.sql");
    await run("events.sql");
    await run("audit.sql");
    await writeRules(tx);
    await run("invariants.sql");
    return { applied };
  });
}

/** The database's copy of the lifecycle and the book: what its functions and views go by. */
async function writeRules(tx: Sql) {
  const rules = JSON.stringify(ruleRows());
  await tx`delete from lifecycle_rule`;
  await tx`
    insert into lifecycle_rule (action, from_status, to_status, role, money, closed_reason, clock_after)
    select action, "from", "to", role, money, "closedReason", "clockAfter"
    from jsonb_to_recordset(${rules}::text::jsonb) as x(
      action text, "from" text, "to" text, role text, money text, "closedReason" text, "clockAfter" text)`;
  const edges = ruleRows().map((r) => `${r.action}/${r.from}/${r.to}/${r.role}`);
  await tx.unsafe(`create or replace function legal_edge(edge text) returns boolean immutable language plpgsql as
    $$ begin return edge = any ('{${edges.join(",")}}'::text[]); end $$`);
  const names = actions.map((action) => `when '${action}' then '${lifecycle[action].event}'`).join(" ");
  await tx.unsafe(`create or replace function event_name(action text) returns text immutable language plpgsql as
    $$ begin return case action ${names} end; end $$`);
  for (const status of statusNames) {
    await tx`insert into lifecycle_status (status, escrow) values (${status}, ${statuses[status].escrow})
      on conflict (status) do update set escrow = excluded.escrow`;
  }
  for (const kind of transferKindNames) {
    const { from, to } = transferKinds[kind];
    await tx`insert into transfer_kind (kind, from_kind, to_kind) values (${kind}, ${from}, ${to}) on conflict do nothing`;
  }
}
