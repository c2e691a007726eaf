/** Following an account's events for as long as somebody listens, whichever process wrote them. */

import type { z } from "zod";
import type { CallOptions } from "./call.ts";
import type { Actor } from "./context.ts";
import type { Core } from "./core.ts";
import { Refusal } from "./errors.ts";
import type { eventShape } from "./event-view.ts";
import { refuseCrowd } from "./events.ts";

export type NewsEvent = z.output<typeof eventShape>;

interface Follower {
  /** Who listens, looked up anew before each telling: what was revoked meanwhile ends the listening. */
  enter: () => Promise<Actor>;
  /** Told of new events, oldest first, and of nobody else's. */
  tell: (events: NewsEvent[]) => void;
  /** Told when listening is over, but for `stop`: the credential is good no more, or the process is about to end. */
  end: () => void;
  /** Told of what was not expected; the look is taken again. */
  report: (error: unknown) => void;
  /** How its reading goes through the door. */
  options: CallOptions;
}

/** How soon a look that failed for a moment (no database, too many requests) is taken again. */
const AGAIN_MS = 1000;

/**
 * Takes one of the account's places among those who wait, from now until `stop`; tells from `start` on, of everything
 * since now. Throws what list_events and wait_for_events refuse with: FORBIDDEN, TOO_MANY_WAITING …
 */
export async function follow(core: Core, actor: Actor, { enter, tell, end, report, options }: Follower) {
  const { userId } = actor;
  let after = (await core.call(actor, "wait_for_events", { timeoutSeconds: 0 }, options)).cursor;
  refuseCrowd(core.feed, userId);
  let [started, busy, again, stopped] = [false, false, false, false];
  let timer: NodeJS.Timeout | undefined;

  async function look() {
    if (timer) return; // the look after the pause sees what came meanwhile
    again = busy || !started;
    if (again || stopped) return;
    busy = true;
    try {
      const page = await core.call(await enter(), "list_events", { after, limit: 100 }, options);
      after = page.cursor;
      again ||= page.hasMore;
      if (page.events.length > 0 && !stopped) tell(page.events);
    } catch (error) {
      if (!(error instanceof Refusal)) report(error);
      else if (!error.retry) finish();
      const seconds = error instanceof Refusal ? Number(error.facts.retryAfter ?? 0) : 0;
      if (!stopped) timer = setTimeout(resume, Math.max(AGAIN_MS, seconds * 1000));
    } finally {
      busy = false;
    }
    if (again) await look();
  }
  const wake = () => void look();
  const resume = () => {
    timer = undefined;
    wake();
  };
  const unwatch = core.feed.watch(userId, wake);
  core.feed.ending.addEventListener("abort", finish, { once: true });

  function stop() {
    stopped = true;
    clearTimeout(timer);
    unwatch();
    core.feed.ending.removeEventListener("abort", finish);
  }
  function finish() {
    if (stopped) return;
    stop();
    end();
  }
  const start = () => {
    started = true;
    if (core.feed.ending.aborted) queueMicrotask(finish);
    wake();
  };
  return { start, stop };
}
