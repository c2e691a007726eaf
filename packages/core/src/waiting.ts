/** Waiting within a call, for what people do. */

import type { Context } from "./context.ts";
import { isCrowded, refuseCrowd } from "./events.ts";

export interface WaitOptions {
  /** When many calls of the account wait, look once: what the call began is done already, so it cannot be refused. */
  orAtOnce?: boolean;
}

/**
 * What `look` finds, at once or when news of the actor come; null when it found nothing within so many seconds.
 * TOO_MANY_WAITING when the account has many such calls open, unless `orAtOnce`.
 */
export async function waitFor<T>(
  ctx: Context,
  seconds: number,
  look: () => Promise<T | null>,
  { orAtOnce = false }: WaitOptions = {},
): Promise<T | null> {
  const { feed, actor, signal } = ctx;
  if (orAtOnce && isCrowded(feed, actor.userId)) return look();
  if (seconds > 0) refuseCrowd(feed, actor.userId);
  return feed.until(actor.userId, seconds * 1000, look, signal);
}
