/** The only writer of transfers outside a task's lifecycle: deposits and withdrawals. */

import type { Context } from "./context.ts";
import { availableAccount, heldAccount, transferKinds, WORLD } from "./ledger.ts";

/** Opens a user's two accounts, empty. */
export async function openAccounts(ctx: Context, userId: string): Promise<void> {
  await ctx.sql`insert into account (id, owner, kind, balance) values
    (${availableAccount(userId)}, ${userId}, 'available', 0), (${heldAccount(userId)}, ${userId}, 'held', 0)`;
}

/** Moves micro-$A9 between a user's wallet and the world outside. */
export async function post(
  ctx: Context,
  kind: "deposit" | "withdrawal",
  userId: string,
  amount: bigint,
): Promise<void> {
  const end = (side: "available" | "world") => (side === "world" ? WORLD : availableAccount(userId));
  await ctx.sql`insert into transfer (id, kind, from_account, to_account, amount, created_at) values
    (${ctx.id("tx")}, ${kind}, ${end(transferKinds[kind].from)}, ${end(transferKinds[kind].to)},
     ${amount.toString()}, clock_now())`;
}
