/** What an API key may still lock: the caps of its owner, and what it has spent of them. */

import { toAmount, toMicro } from "./codecs.ts";
import type { Context } from "./context.ts";
import { Refusal } from "./errors.ts";

export interface Spending {
  /** What the key may lock in $A9 per task, and in the rest of its day. Null where it has no such cap. */
  perTask: number | null;
  today: number | null;
  /** Why it may not lock this budget now. */
  refusal: Refusal | null;
}

/** How a budget, in $A9, stands to the caps of the caller's key. The statement that locks it has the last word. */
export async function spendingOf({ sql, actor }: Context, budget: number): Promise<Spending> {
  const none = { perTask: null, today: null, refusal: null };
  if (!actor.limits?.capped) return none;
  const [caps] = await sql`
    select max_per_task, case when max_per_day is not null then greatest(max_per_day - day_spending(k), 0) end as today,
      broken_cap(k, ${toMicro(budget).toString()}) as broken
    from api_key k where id = ${actor.keyId}`;
  if (!caps) return none;
  const amount = (micro: string | null) => (micro === null ? null : toAmount(micro));
  return {
    perTask: amount(caps.max_per_task),
    today: amount(caps.today),
    refusal: caps.broken ? new Refusal("SPENDING_CAP_EXCEEDED", caps.broken) : null,
  };
}
