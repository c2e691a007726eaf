// When to try again: seldom, later each time, and never past a budget the waiting model can bear.

export const MAX_TRIES = 4;
export const BUDGET_MS = 20_000;

export interface RetryState {
  tries: number;
  elapsedMs: number;
  baseMs: number;
  /** What the server asked for, if it did. */
  retryAfterMs: number | undefined;
}

/** How long to wait before the next try; undefined when there should be none. */
export function retryDelay(state: RetryState, random: () => number = Math.random): number | undefined {
  if (state.tries >= MAX_TRIES) return undefined;
  const jitter = 0.5 + random() / 2;
  const backoff = state.baseMs * 2 ** (state.tries - 1) * jitter;
  const wait = state.retryAfterMs === undefined ? backoff : state.retryAfterMs + state.baseMs * random();
  return state.elapsedMs + wait > BUDGET_MS ? undefined : wait;
}

/** A Retry-After header, in seconds or as a date; undefined when absent or unreadable. */
export function parseRetryAfter(value: string | undefined, now: number): number | undefined {
  const text = value?.trim();
  if (!text) return undefined;
  if (/^\d+$/.test(text)) return Number(text) * 1000;
  const date = Date.parse(text);
  return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}

/** A wish to stop, seen by whatever is going on at the moment. An AbortSignal would slow the first answer. */
export class Stop {
  #now: (() => void) | undefined;
  stopped = false;

  stop(): void {
    this.stopped = true;
    this.#now?.();
  }

  /** Names what to do when it comes, in place of what was named before. */
  watch(onStop: () => void): void {
    this.#now = onStop;
    if (this.stopped) onStop();
  }
}

/** Resolves after `ms`, or as soon as somebody wants to stop. */
export function pause(ms: number, stop: Stop): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    stop.watch(() => {
      clearTimeout(timer);
      resolve();
    });
  });
}
