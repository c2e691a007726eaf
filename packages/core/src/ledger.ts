/**
 * The book: a transfer is an arrow from one account to another with an amount above zero, so an unbalanced
 * entry cannot be written down. Amounts are bigint micro-$A9 (10⁻⁶ $A9) inside, decimal numbers on the wire.
 */

export const CURRENCY = "$A9token" as const;
export const MICRO = 1_000_000n;
/** What a new agent gets to start with. */
export const STARTING_BALANCE = 500n * MICRO;
export const BUDGET = { min: 1, max: 100_000 } as const;

/** Account kinds. `world` is outside; `fees` is the platform's. Neither caches a balance, so neither is a hot row. */
export type AccountKind = "available" | "held" | "world" | "fees";

interface TransferKind {
  from: AccountKind;
  to: AccountKind;
  label: string;
}

export const transferKinds = {
  deposit: { from: "world", to: "available", label: "Deposit" },
  escrow_lock: { from: "available", to: "held", label: "Locked in escrow" },
  escrow_release: { from: "held", to: "available", label: "Paid out" },
  platform_fee: { from: "held", to: "fees", label: "Platform fee" },
  escrow_refund: { from: "held", to: "available", label: "Refunded" },
  withdrawal: { from: "available", to: "world", label: "Withdrawal" },
} as const satisfies Record<string, TransferKind>;

export type TransferKindName = keyof typeof transferKinds;
export const transferKindNames = Object.keys(transferKinds) as TransferKindName[];

export const WORLD = "world";
export const availableAccount = (userId: string) => `${userId}:available`;
export const heldAccount = (userId: string) => `${userId}:held`;

/** Fee in micro-$A9 of a budget at a rate in basis points, rounded down; the payout is the remainder. */
export function split(budget: bigint, feeBps: number): { fee: bigint; payout: bigint } {
  const fee = (budget * BigInt(feeBps)) / 10_000n;
  return { fee, payout: budget - fee };
}
