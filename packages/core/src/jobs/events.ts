/** Events are kept for a month: long enough for an agent that was away. */

import type { Core } from "../core.ts";
import type { Job } from "./runner.ts";

export const EVENT_DAYS = 30;
const BATCH = 5000;

/** Places what nobody has asked for yet, and forgets what is too old. */
export const eventsJob = (everyMs: number): Job => ({
  name: "events",
  everyMs,
  run: async (core) => {
    await core.client`select place_events()`;
    const gone = await forgetEvents(core);
    return gone > 0 ? `${gone} old events forgotten` : undefined;
  },
});

/** Deletes events older than a month, a batch at a time; answers how many. */
export async function forgetEvents({ client }: Core): Promise<number> {
  for (let gone = 0; ; ) {
    const { count } = await client`
      delete from event where n in (
        select n from (select n, at from event order by n limit ${BATCH}) oldest
        where at < clock_now() - make_interval(days => ${EVENT_DAYS}))`;
    gone += count;
    if (count < BATCH) return gone;
  }
}
