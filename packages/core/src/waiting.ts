/** Waiting within a call, for what people do. */

import type { Context } from "./context.ts";
import { Refusal } from "./errors.ts";

const MOST_WAITING = 20;

/**
 * What `look` finds, at once or when news of the actor come; null when it found nothing within so many seconds.
 * TOO_MANY_WAITING when the account has many such calls open.
 */
export async function waitFor<T>(
  ctx: Context,
  seconds: number,
  look: () => Promise<T | null>,
): Promise<T | null> {
  const { feed, actor, signal } = ctx;
  if (seconds > 0 && feed.waiting(actor.userId) >= MOST_WAITING) {
    throw new Refusal("TOO_MANY_WAITING", { max: MOST_WAITING });
  }
  return feed.until(actor.userId, seconds * 1000, look, signal);
}
