/** Forgets what is kept for a time only. docs/operations.md lists the same times, and what is kept for ever. */

import { originalId } from "../context.ts";
import type { Core } from "../core.ts";
import type { Sql } from "../db/client.ts";
import { isSilent } from "../health.ts";
import type { Job, Report } from "./runner.ts";

/** Rows in one statement: a large backlog holds no locks for long. */
const BATCH = 5000;

/** Which rows of a table go. All are found by an index, but for `rate_limit`, which holds an hour, and `job_run`. */
export const KEPT: Record<string, (sql: Sql) => ReturnType<Sql>> = {
  // Refused from then on, used or not: that a token was used twice is noticed until here.
  session: (sql) => sql`expires_at < clock_now()`,
  // Much longer than it lasts: it says which addresses an account is known to come from.
  sign_in: (sql) => sql`coalesce(ended_at, expires_at) < clock_now() - interval '90 days'`,
  mail_link: (sql) => sql`expires_at < clock_now()`,
  oauth_request: (sql) => sql`expires_at < clock_now() - interval '1 day'`,
  // Past their time they tell of a reuse for a while.
  oauth_token: (sql) => sql`expires_at < clock_now() - interval '1 day'`,
  // Nothing of it is good any more.
  oauth_grant: (sql) => sql`coalesce(last_used_at, created_at) < clock_now() - interval '1 day'
    and not exists (select from oauth_token where grant_id = oauth_grant.id)`,
  oauth_client: (sql) => sql`last_used_at < clock_now() - interval '90 days'`,
  confirmation: (sql) => sql`expires_at < clock_now() - interval '1 day'`,
  mcp_task: (sql) => sql`expires_at < clock_now()`,
  // With whom was asked.
  approval: (sql) => sql`expires_at < clock_now() - interval '90 days'`,
  idempotency: (sql) => sql`created_at < clock_now() - interval '24 hours'`,
  rate_limit: (sql) => sql`minute < extract(epoch from clock_now())::bigint / 60 - 61`,
  mail: (sql) => sql`created_at < clock_now() - interval '30 days'`,
  // Numbered as they happen, so the oldest have the lowest numbers. Deliveries go with their events …
  event: (sql) => sql`n in (select n from (select n, at from event order by n limit ${BATCH}) oldest
    where at < clock_now() - interval '30 days')`,
  // … but for tests, which have none.
  delivery: (sql) => sql`event_n is null and created_at < clock_now() - interval '30 days'`,
  // Uploads that became part of no proof and no question.
  file: (sql) =>
    sql`submission_id is null and question_id is null and created_at < clock_now() - interval '1 day'`,
  job_run: isSilent,
};

export const retentionJob = (everyMs: number): Job => ({
  name: "retention",
  everyMs,
  run: async (core, report) => {
    const gone = await forget(core, report);
    return gone > 0 ? `${gone} rows forgotten` : undefined;
  },
});

/** Deletes all that is past its time; answers how many rows. A table that fails holds up no other. */
export async function forget(core: Core, report: Report): Promise<number> {
  let gone = 0;
  for (const table of Object.keys(KEPT)) {
    try {
      for (let rows = BATCH; rows === BATCH; gone += rows) rows = await forgetSome(core, table);
    } catch (error) {
      report(error);
    }
  }
  await core.client`update webhook set previous_secret = null, previous_until = null
    where previous_until <= clock_now()`;
  return gone;
}

async function forgetSome(core: Core, table: string): Promise<number> {
  const sql = core.client;
  const deleted = sql`delete from ${sql(table)} where ctid = any (array(
    select ctid from ${sql(table)} where ${KEPT[table]!(sql)} limit ${BATCH} for update skip locked))`;
  if (table !== "file") return (await deleted).count;
  const files = await sql<{ id: string }[]>`${deleted} returning id`;
  for (const { id } of files) {
    await core.files.remove(id);
    await core.files.remove(originalId(id));
  }
  return files.count;
}
