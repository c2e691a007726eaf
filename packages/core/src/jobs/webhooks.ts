import type { Job } from "./runner.ts";

/** Says how webhooks stand. */
export const webhooksJob = (everyMs: number): Job => ({
  name: "webhooks",
  everyMs,
  run: async ({ client }) => {
    const [row] = await client`select
      (select count(*)::int from (select 1 from delivery where status = 'pending' limit 10000) p) as waiting,
      (select count(*)::int from webhook where failing_since is not null and disabled_at is null) as failing`;
    return `${row?.waiting} deliveries waiting, ${row?.failing} endpoints failing`;
  },
});
