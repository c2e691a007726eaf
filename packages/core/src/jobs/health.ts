/** Checks the books and adds up the money once for everybody who looks. */

import { countHealth, HEALTH_JOB } from "../health.ts";
import type { Job } from "./runner.ts";

/** One process checks at a time: all of them read the same books. */
const LOCK = 730_016;

/** A broken invariant fails the run, so that it is in the log and red on the page. */
export const healthJob = (everyMs: number): Job => ({
  name: HEALTH_JOB,
  everyMs,
  run: (core, report) =>
    core.client.begin(async (tx) => {
      const [lock] = await tx`select pg_try_advisory_xact_lock(${LOCK}) as mine`;
      if (!lock?.mine) return "another process was checking";
      await tx`set local statement_timeout = '5min'`;
      const broken = await countHealth(tx);
      if (broken.length === 0) return "every invariant holds";
      const list = broken.map(({ name, rows }) => `${name} (${rows})`).join(", ");
      report(new Error(`broken invariants: ${list}`));
      return `broken: ${list}`;
    }),
});
