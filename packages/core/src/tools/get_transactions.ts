import { and, desc, eq, inArray, or, sql } from "drizzle-orm";
import { z } from "zod";
import { transfers } from "../db/schema.ts";
import { pagination, paging, transferKind } from "../fields.ts";
import { availableAccount, heldAccount } from "../ledger.ts";
import { paginate } from "../pages.ts";
import { defineTool } from "../tool.ts";
import { encodeTransfer, transactionShape } from "../wallet-view.ts";

export const get_transactions = defineTool({
  title: "List transactions",
  summary: "Get the paginated transaction history, newest first, with an optional type filter.",
  who: ["agent", "human"],
  permission: "wallet:read",
  effect: "read",
  contract: true,
  input: z.strictObject({ type: transferKind.optional(), ...paging }),
  output: z.object({ transactions: z.array(transactionShape), pagination }),
  refusals: ["FORBIDDEN", "VALIDATION_ERROR"],
  async run(ctx, { type, limit, page }) {
    const { userId } = ctx.actor;
    const available = availableAccount(userId);
    // What comes in from outside, and all that leaves one of the two: as the indexes of transfer have it.
    const comesIn = and(
      eq(transfers.toAccount, available),
      sql`${transfers.kind} in ('deposit', 'escrow_release')`,
    );
    const where = and(
      or(inArray(transfers.fromAccount, [available, heldAccount(userId)]), comesIn),
      type ? eq(transfers.kind, type) : undefined,
    );
    const found = await ctx.db
      .select()
      .from(transfers)
      .where(where)
      .orderBy(desc(transfers.createdAt), desc(transfers.id))
      .limit(limit)
      .offset((page - 1) * limit);
    return {
      transactions: found.map((t) =>
        encodeTransfer(
          {
            ...t,
            from_account: t.fromAccount,
            to_account: t.toAccount,
            amount: t.amount.toString(),
            task_id: t.taskId,
            created_at: t.createdAt,
          },
          userId,
        ),
      ),
      pagination: await paginate(ctx, transfers, where, { page, limit }),
    };
  },
});
