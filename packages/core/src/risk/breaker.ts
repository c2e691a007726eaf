/** Stops asking a service that keeps failing, and tries it again after a while with one request. */

export interface Breaker {
  /** Whether a request may go out now; when the pause is over, to one caller only. */
  ready: () => boolean;
  succeeded: () => void;
  failed: () => void;
}

const [FAILURES, PAUSE_MS] = [5, 30_000];

export function breaker(now: () => number): Breaker {
  let failures = 0;
  let openedAt: number | null = null;
  return {
    ready() {
      if (openedAt === null) return true;
      if (now() - openedAt < PAUSE_MS) return false;
      openedAt = now();
      return true;
    },
    succeeded() {
      failures = 0;
      openedAt = null;
    },
    failed() {
      failures++;
      if (failures >= FAILURES) openedAt = now();
    },
  };
}
