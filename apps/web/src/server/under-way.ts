/** What the process has begun, and brings to its end before it ends itself, though nobody may wait for it any more. */

import { logFault } from "./reply.ts";

const underWay = new Map<Promise<unknown>, string>();
/** Enough for any statement, and less than a supervisor waits before it kills. */
const LIMIT_MS = 10_000;

/** Gives the work back as it is; who calls handles its failure. `name` says in the log what was left undone. */
export function hold<T>(work: Promise<T>, name: string): Promise<T> {
  const done = () => void underWay.delete(work);
  underWay.set(work, name);
  work.then(done, done);
  return work;
}

/** Resolves when all is at its end, or after `limitMs`: what is left then stands in the log, and ends with the process. */
export async function heldToEnd(limitMs = LIMIT_MS): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  let over = false;
  const late = new Promise<void>((resolve) => {
    timer = setTimeout(() => {
      over = true;
      resolve();
    }, limitMs);
  });
  while (underWay.size > 0 && !over) await Promise.race([late, Promise.allSettled(underWay.keys())]);
  clearTimeout(timer);
  if (underWay.size > 0) logFault("Left undone at the end:", [...underWay.values()]);
}
