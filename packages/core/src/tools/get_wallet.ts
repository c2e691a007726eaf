import { z } from "zod";
import { toAmount } from "../codecs.ts";
import { Refusal } from "../errors.ts";
import { availableAccount, CURRENCY, heldAccount } from "../ledger.ts";
import { defineTool } from "../tool.ts";
import { encodeTransfer, type TransferRow, transactionShape } from "../wallet-view.ts";

interface WalletRow {
  balance: number;
  held: number;
  earned: number;
  spent: number;
  recent: TransferRow[];
}

export const get_wallet = defineTool({
  title: "Check the wallet",
  summary: "Check your $A9token balance, the amount frozen in escrow, and the 5 most recent transactions.",
  who: ["agent", "human"],
  permission: "wallet:read",
  effect: "read",
  contract: true,
  input: z.strictObject({}),
  output: z.object({
    balance: z.number(),
    frozenBalance: z.number(),
    totalEarned: z.number(),
    totalSpent: z.number(),
    currency: z.literal(CURRENCY),
    recentTransactions: z.array(transactionShape),
  }),
  refusals: ["USER_NOT_FOUND", "FORBIDDEN"],
  async run(ctx) {
    const { userId } = ctx.actor;
    const [found] = await ctx.sql<{ wallet: WalletRow | null }[]>`
      select wallet(${availableAccount(userId)}, ${heldAccount(userId)}) as wallet`;
    const wallet = found?.wallet;
    if (!wallet) throw new Refusal("USER_NOT_FOUND");
    return {
      balance: toAmount(wallet.balance),
      frozenBalance: toAmount(wallet.held),
      totalEarned: toAmount(wallet.earned),
      totalSpent: toAmount(wallet.spent),
      currency: CURRENCY,
      recentTransactions: wallet.recent.map((row) => encodeTransfer(row, userId)),
    };
  },
});
