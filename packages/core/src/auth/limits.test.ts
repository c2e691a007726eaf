/** The sliding hour, as a property: whatever comes when, no hour holds more than its limit, and room comes back in time. */

import fc from "fast-check";
import { expect, test } from "vitest";
import { openWorld } from "../../test/world.ts";

const w = await openWorld();
const HOUR = 3600;

/** One request at this many seconds from now; the database's clock is moved there. */
const hit = async (subject: string, limit: number, at: number) =>
  w.core.client.begin(async (tx) => {
    await tx`select set_config('h2a.clock_offset', ${`${at} seconds`}, true)`;
    const [row] = await tx`select used, retry_after, reset from hit_rate(${subject}, ${limit})`;
    return row as { used: number; retry_after: number | null; reset: number };
  });

let subjects = 0;
const gaps = fc.oneof(
  fc.integer({ min: 0, max: 5 }),
  fc.integer({ min: 0, max: 400 }),
  fc.constantFrom(59, 60, 61, 3539, 3599, 3600, 3601, 3660, 7200),
);

test("no hour holds more than the limit, whenever requests come, and what is promised holds", async () => {
  let [accepted, refused] = [0, 0];
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 1, max: 6 }),
      fc.array(gaps, { minLength: 10, maxLength: 45 }),
      async (limit, waits) => {
        const subject = `property:${subjects++}`;
        const passed: number[] = [];
        let now = 0;
        for (const wait of waits) {
          now += wait;
          const { used, retry_after: retry, reset } = await hit(subject, limit, now);
          expect(reset).toBeGreaterThan(0);
          expect(reset).toBeLessThanOrEqual(HOUR + 60);
          if (retry === null) {
            passed.push(now);
            accepted += 1;
            expect(used).toBeLessThanOrEqual(limit);
          } else {
            refused += 1;
            expect(retry).toBe(reset);
            // Conservative by a minute at most: the oldest of the full hour is really about to leave.
            expect(retry).toBeLessThanOrEqual(passed.at(-limit)! + HOUR + 60 - now);
          }
        }
        // The run takes real time too: a second of slack.
        for (const [i, at] of passed.entries()) {
          const inHour = passed.slice(i).filter((later) => later < at + HOUR - 1);
          expect(inHour.length).toBeLessThanOrEqual(limit);
        }
        const last = await hit(subject, limit, now);
        if (last.retry_after !== null) {
          const then = await hit(subject, limit, now + last.retry_after);
          expect(then.retry_after).toBeNull();
        }
      },
    ),
    { numRuns: 40 },
  );
  expect(Math.min(accepted, refused)).toBeGreaterThan(50); // it was a test of both
});
