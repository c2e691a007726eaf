/** The queue of deliveries: which are due, and what became of each. Every statement is a transaction of its own. */

import type { Core } from "../core.ts";
import type { EventRow } from "../event-view.ts";
import { queueMail } from "../mail.ts";
import type { DeliveryRow } from "../webhook.ts";

/** Longer than an attempt may take: whoever holds a delivery beyond it is dead, and another takes it. */
const LEASE_SECONDS = 40;
const [SECOND, MINUTE, HOUR] = [1, 60, 3600];
/** Seconds until each retry, to which up to a fifth is added by chance: about 3 days in all. */
export const RETRIES = [
  5 * SECOND,
  5 * MINUTE,
  30 * MINUTE,
  2 * HOUR,
  5 * HOUR,
  10 * HOUR,
  14 * HOUR,
  20 * HOUR,
  24 * HOUR,
];
/** So many due deliveries are a backlog, which may be that of one endpoint. */
const BACKLOG = 1000;
const LONGEST_WAIT = 24 * HOUR;
const FAILING_DAYS = 5;

/** A delivery that is ours to attempt; without a webhook when that was removed in the meantime. */
export interface Claimed extends Pick<DeliveryRow, "n" | "event_n" | "type" | "attempts" | "webhook_id"> {
  round: number;
  actor_role: string | null;
  data: EventRow["data"] | null;
  /** When its event happened; for a test, when it was asked for. */
  at: string;
  owner: string | null;
  url: string | null;
  secret: Uint8Array;
  previous_secret: Uint8Array | null;
  disabled: boolean;
  failing: boolean;
}

export interface Outcome {
  httpStatus: number | null;
  /** Null: delivered. */
  error: string | null;
  response: string | null;
  durationMs: number;
  /** The endpoint's wish, in seconds. */
  retryAfter: number | null;
}

/**
 * Takes up to `free` due deliveries, of endpoints that work or of those that fail, and leases them. No endpoint has
 * more than `most` under way, no owner more than `mostOfOwner`; `busy` and `busyOwners` say how many they have. When so many are due that one endpoint's backlog may stand
 * before the others', it walks from endpoint to endpoint through their index instead.
 */
export const claim = ({ client }: Core, lane: Lane, free: number, busy: Busy, busyOwners: Busy) =>
  client<Claimed[]>`
    with recursive soon as materialized (
      select webhook_id as id from delivery
      where status = 'pending' and next_at at time zone 'UTC' <= clock_now() at time zone 'UTC' limit ${BACKLOG}
    ), walked as (
      (select webhook_id as id from delivery where status = 'pending' and (select count(*) from soon) = ${BACKLOG}
        order by webhook_id limit 1)
      union all
      select (select d.webhook_id from delivery d
        where d.status = 'pending' and d.webhook_id > walked.id order by d.webhook_id limit 1)
      from walked where walked.id is not null
    ), endpoint as (
      select id from soon union select id from walked
    ), ready as (
      select d.n, d.next_at, w.owner, row_number() over (partition by coalesce(w.owner, endpoint.id) order by d.next_at) as nth
      from endpoint left join webhook w on w.id = endpoint.id cross join lateral (
        select n, next_at from delivery
        where webhook_id = endpoint.id and status = 'pending' and next_at <= clock_now() order by next_at
        limit greatest(${lane.most} - coalesce((${JSON.stringify(Object.fromEntries(busy))}::text::jsonb->>endpoint.id)::int, 0), 0)
        for update skip locked) d
      where (w.failing_since is not null) = ${lane.failing}
    ), due as (
      select n from ready
      where nth <= greatest(${lane.mostOfOwner} - coalesce((${JSON.stringify(Object.fromEntries(busyOwners))}::text::jsonb->>owner)::int, 0), 0)
      order by next_at limit ${free}
    ), claimed as (
      update delivery d set attempts = d.attempts + 1, round = d.round + 1, tried_at = clock_now(),
        next_at = clock_now() + make_interval(secs => ${LEASE_SECONDS})
      from due where d.n = due.n returning d.*
    )
    select c.n, c.event_n, c.webhook_id, c.attempts, c.round, e.type, e.actor_role, e.data, coalesce(e.at, c.created_at) as at,
      w.owner, w.url, w.secret, case when w.previous_until > clock_now() then w.previous_secret end as previous_secret,
      w.disabled_at is not null as disabled, w.failing_since is not null as failing
    from claimed c left join webhook w on w.id = c.webhook_id left join event e on e.n = c.event_n`;

type Busy = ReadonlyMap<string, number>;

export interface Lane {
  /** Whether it serves the endpoints whose last attempt failed. */
  failing: boolean;
  slots: number;
  /** Attempts under way at one endpoint, and for one owner. */
  most: number;
  mostOfOwner: number;
}

/** Keeps what an attempt came to, unless another has begun since. */
export async function settle(core: Core, d: Claimed, outcome: Outcome): Promise<void> {
  const { error, httpStatus, response, durationMs } = outcome;
  // A test is asked for by somebody who looks: it is tried once.
  const delay = d.event_n === null ? undefined : RETRIES[d.round - 1];
  const wait = Math.max(delay ?? 0, Math.min(outcome.retryAfter ?? 0, LONGEST_WAIT));
  const status = error === null ? "delivered" : delay === undefined ? "failed" : "pending";
  await core.client`
    update delivery set status = case when ${status} = 'pending' and exists (
        select 1 from webhook where id = ${d.webhook_id} and disabled_at is not null) then 'failed' else ${status} end,
      http_status = ${httpStatus}, error = ${error}, response = ${response},
      duration_ms = ${durationMs}, next_at = clock_now() + make_interval(secs => ${wait} * (1 + random() / 5))
    where n = ${d.n} and attempts = ${d.attempts}`;
  if (error === null) {
    await core.client`update webhook set failing_since = null
      where id = ${d.webhook_id} and url = ${d.url} and failing_since is not null`;
  } else if (httpStatus === 410 || d.failing) {
    await disableIf(core, d, httpStatus === 410);
  } else {
    await core.client`update webhook set failing_since = clock_now()
      where id = ${d.webhook_id} and url = ${d.url} and failing_since is null`;
  }
}

/** An endpoint that says it is gone, or that took nothing for days, is sent nothing more; its owner is told. */
async function disableIf(core: Core, { webhook_id: id, url }: Claimed, gone: boolean): Promise<void> {
  const reason = gone ? "gone" : "failing";
  const disabled = await core.client.begin(async (tx) => {
    const [owner] = await tx<{ email: string }[]>`
      update webhook w set disabled_at = clock_now(), disabled_reason = ${reason}
      from app_user u
      where w.id = ${id} and w.url = ${url} and w.disabled_at is null and u.id = w.owner
        and (${gone} or w.failing_since <= clock_now() - make_interval(days => ${FAILING_DAYS}))
      returning u.email`;
    if (!owner) return false;
    const why = gone
      ? "it answered 410 Gone"
      : `every attempt to reach it has failed for ${FAILING_DAYS} days`;
    await queueMail(tx, {
      to: owner.email,
      subject: "Your webhook was disabled",
      text: `We no longer send events to your webhook ${id} at ${new URL(url!).host}, because ${why}.\n\nOnce the endpoint works, enable the webhook again on its page or with update_webhook. Events of the meantime are in list_events for 30 days.`,
    });
    return true;
  });
  if (disabled) await endPending(core, id);
}

/** What waits for a webhook that is disabled is not sent; it can be asked for again. */
const endPending = ({ client }: Core, webhookId: string) =>
  client`update delivery set status = 'failed', error = 'The webhook was disabled.'
    where webhook_id = ${webhookId} and status = 'pending'`;

/** Ends a claimed delivery that has nowhere to go: its webhook was disabled or removed since it was enqueued. */
export async function endUnsent({ client }: Core, d: Claimed): Promise<void> {
  if (d.url === null) await client`delete from delivery where n = ${d.n}`;
  else {
    await client`update delivery set status = 'failed', error = 'The webhook was disabled.',
      attempts = attempts - 1 where n = ${d.n} and attempts = ${d.attempts}`;
  }
}

/** Gives a claimed delivery back untried: whoever comes next takes it at once. */
export const release = ({ client }: Core, d: Claimed) =>
  client`update delivery set next_at = clock_now(), round = round - 1
    where n = ${d.n} and attempts = ${d.attempts} and status = 'pending'`;
