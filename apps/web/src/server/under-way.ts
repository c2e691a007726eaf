/** What the process has begun, and brings to its end before it ends itself, though nobody may wait for it any more. */

const underWay = new Set<Promise<unknown>>();

/** Gives the work back as it is; who calls handles its failure. */
export function hold<T>(work: Promise<T>): Promise<T> {
  const done = () => void underWay.delete(work);
  underWay.add(work);
  work.then(done, done);
  return work;
}

export async function heldToEnd(): Promise<void> {
  while (underWay.size > 0) await Promise.allSettled(underWay);
}
