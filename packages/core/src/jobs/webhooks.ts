/** Upkeep of webhooks: forgets what has run out, and says how things stand. */

import type { Job } from "./runner.ts";

const KEPT_DAYS = 30;

/** Deliveries go with their events; tests, which have none, after the same time. Old secrets go when they end. */
export const webhooksJob = (everyMs: number): Job => ({
  name: "webhooks",
  everyMs,
  run: async ({ client }) => {
    await client`update webhook set previous_secret = null, previous_until = null
      where previous_until <= clock_now()`;
    await client`delete from delivery
      where event_n is null and created_at < clock_now() - make_interval(days => ${KEPT_DAYS})`;
    const [row] = await client`select
      (select count(*)::int from (select 1 from delivery where status = 'pending' limit 10000) p) as waiting,
      (select count(*)::int from webhook where failing_since is not null and disabled_at is null) as failing`;
    return `${row?.waiting} deliveries waiting, ${row?.failing} endpoints failing`;
  },
});
