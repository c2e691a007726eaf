import { cn } from "./cn.ts";

const format = new Intl.NumberFormat("en-US", { maximumFractionDigits: 6 });

export const moneyText = (amount: number) => `${format.format(amount)} $A9`;

export function Money({ amount, sign, className }: { amount: number; sign?: string; className?: string }) {
  return (
    <span className={cn("whitespace-nowrap tabular-nums", className)}>
      {sign}
      {format.format(amount)} <span className="text-[0.85em] opacity-80">$A9</span>
    </span>
  );
}
