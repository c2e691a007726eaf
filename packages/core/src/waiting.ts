/** Waiting within a call, for what people do. */

import type { Context } from "./context.ts";
import { refuseCrowd } from "./events.ts";

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
  if (seconds > 0) refuseCrowd(feed, actor.userId);
  return feed.until(actor.userId, seconds * 1000, look, signal);
}
