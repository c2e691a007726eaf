/** How the product is: what the health job counted, how the jobs fare, what waits in queues. */

import { z } from "zod";
import { toAmount, toIso, toIsoOrNull } from "./codecs.ts";
import type { Sql } from "./db/client.ts";
import { timestamp } from "./fields.ts";
import { ours, written } from "./untrusted/mark.ts";

export const healthShape = z.object({
  ok: z
    .boolean()
    .describe("Every invariant held a moment ago, no job has failed or stopped, and no queue is late"),
  now: timestamp,
  invariants: z.object({
    checkedAt: timestamp.nullable().describe("Null before the first check"),
    stale: z.boolean().describe("The check failed, stopped, or never ran: the views may be out of date"),
    views: z.array(z.object({ name: ours(), rows: z.int() })).describe("Every view; 0 rows is well"),
  }),
  money: z.object({
    countedAt: timestamp.nullable(),
    totals: z.array(z.object({ name: ours(), amount: z.number().describe("In $A9token") })),
  }),
  jobs: z.array(
    z.object({
      name: ours(),
      state: z.enum(["ok", "failed", "overdue"]),
      everyMs: z.int(),
      okAt: timestamp.nullable(),
      failedAt: timestamp.nullable(),
      failure: written(() => "somebody", 500)
        .nullable()
        .describe("What the last failure said"),
      tookMs: z.int(),
      note: ours().nullable(),
    }),
  ),
  queues: z.array(
    z.object({
      name: ours(),
      waiting: z.int(),
      oldestAt: timestamp.nullable().describe("Due since"),
      late: z.boolean().describe("Something has been due for over 10 minutes, so nobody seems to take it"),
    }),
  ),
  /** What waits for an admin. */
  waiting: z.object({ listings: z.int(), disputes: z.int(), reports: z.int() }),
  suspended: z.int().describe("Suspended accounts"),
});
type Health = z.input<typeof healthShape>;

/** A job has stopped when its last run is older than this many of its intervals; below the floor that is no news. */
const OVERDUE_INTERVALS = 3;
const OVERDUE_FLOOR_MS = 15_000;
/** What is silent for as many of its intervals, and for a day, was renamed or removed: it is no longer a job. */
const FORGOTTEN_INTERVALS = 10;
/** Queues are counted up to this. */
const QUEUE_CAP = 10_000;

/** Whether a row of `job_run` is of a job that is no more. */
export const isSilent = (
  sql: Sql,
): ReturnType<Sql> => sql`greatest(ok_at, failed_at) < clock_now() - greatest(interval '1 day',
  make_interval(secs => every_ms::float8 * ${FORGOTTEN_INTERVALS} / 1000))`;

/**
 * What each queue still has to do, as a query for the times since when: one row here is one row on the page. Excused
 * from being late: what waits for an endpoint that fails, and what is the work of one job, which says itself how it is.
 */
const QUEUES: Record<string, (sql: Sql) => ReturnType<Sql>> = {
  mail: (sql) => sql`select next_at as at, false as excused from mail
    where sent_at is null and given_up_at is null and next_at <= clock_now()`,
  webhooks: (sql) =>
    sql`select next_at as at, exists (
      select from webhook w where w.id = webhook_id and w.failing_since is not null) as excused
    from delivery where status = 'pending' and next_at <= clock_now()`,
  audit: (sql) =>
    sql`select at, true as excused from audit_entry where n > (select coalesce(max(last), 0) from audit_seal)`,
  events: (sql) => sql`select at, true as excused from event where pos is null`,
};

/**
 * Counts all invariants and totals and keeps them; answers the broken ones. One statement reads one state of the books,
 * so that what it counts agrees.
 */
export async function countHealth(sql: Sql): Promise<{ name: string; rows: number }[]> {
  const counted = await sql<{ kind: string; name: string; value: string }[]>`
    insert into health_count (kind, name, value, at)
    select 'invariant', name, rows, clock_now() from invariant
    union all select 'money', name, coalesce(micro, 0), clock_now() from (values
      ('deposits', (select sum(amount) from transfer where kind = 'deposit')),
      ('balances', (select sum(balance) from account where kind = 'available')),
      ('escrow', (select sum(balance) from account where kind = 'held')),
      ('payouts', (select sum(amount) from transfer where kind = 'escrow_release')),
      ('fees', (select sum(amount) from transfer where kind = 'platform_fee')),
      ('withdrawals', (select sum(amount) from transfer where kind = 'withdrawal'))) as total (name, micro)
    on conflict (kind, name) do update set value = excluded.value, at = excluded.at
    returning kind, name, value`;
  await sql`delete from health_count where at < clock_now()`; // what an older release counted
  return counted
    .filter(({ kind, value }) => kind === "invariant" && Number(value) > 0)
    .map(({ name, value }) => ({ name, rows: Number(value) }));
}

/** Everything that the admin page and `get_health` show. */
export async function readHealth(sql: Sql, now: Date): Promise<Health> {
  const [counts, jobs, queues, [waiting]] = await Promise.all([
    sql`select kind, name, value, at from health_count order by name`,
    readJobs(sql),
    Promise.all(Object.keys(QUEUES).map((name) => readQueue(sql, name))),
    sql`select count(*) filter (where status = 'pending_review')::int as listings,
        count(*) filter (where status = 'disputed')::int as disputes,
        (select count(*)::int from report where resolved_at is null) as reports,
        (select count(*)::int from app_user where suspended_at is not null) as suspended
      from task where status in ('pending_review', 'disputed')`,
  ]);
  const of = (kind: string) => counts.filter((count) => count.kind === kind);
  const [views, totals] = [of("invariant"), of("money")];
  const checker = jobs.find((job) => job.name === HEALTH_JOB);
  const stale = views.length === 0 || checker?.state !== "ok";
  const broken = views.some((view) => Number(view.value) > 0);
  const { suspended, ...queued } = waiting as unknown as Health["waiting"] & { suspended: number };
  return {
    ok: !broken && !stale && jobs.every((job) => job.state === "ok") && !queues.some((q) => q.late),
    now: toIso(now),
    invariants: {
      checkedAt: toIsoOrNull(views[0]?.at),
      stale,
      views: views.map(({ name, value }) => ({ name, rows: Number(value) })),
    },
    money: {
      countedAt: toIsoOrNull(totals[0]?.at),
      totals: totals.map(({ name, value }) => ({ name, amount: toAmount(value) })),
    },
    jobs,
    queues,
    waiting: queued,
    suspended,
  };
}

export const HEALTH_JOB = "health";

async function readJobs(sql: Sql): Promise<Health["jobs"]> {
  const rows = await sql`
    select *, greatest(ok_at, failed_at) < clock_now() - make_interval(secs =>
        greatest(every_ms::float8 * ${OVERDUE_INTERVALS}, ${OVERDUE_FLOOR_MS}) / 1000) as overdue,
      failed_at is not null and (ok_at is null or failed_at > ok_at) as failed
    from job_run where not ${isSilent(sql)} order by name`;
  return rows.map((row) => ({
    name: row.name,
    state: row.overdue ? "overdue" : row.failed ? "failed" : "ok",
    everyMs: row.every_ms,
    okAt: toIsoOrNull(row.ok_at),
    failedAt: toIsoOrNull(row.failed_at),
    failure: row.failure,
    tookMs: row.took_ms,
    note: row.note,
  }));
}

async function readQueue(sql: Sql, name: string) {
  const [row] = await sql`
    select count(*)::int as waiting, min(at) as oldest,
      coalesce(min(at) filter (where not excused) < clock_now() - interval '10 minutes', false) as late
    from (${QUEUES[name]!(sql)} order by 1 limit ${QUEUE_CAP}) queued`;
  return {
    name,
    waiting: row?.waiting as number,
    oldestAt: toIsoOrNull(row?.oldest),
    late: row?.late as boolean,
  };
}
