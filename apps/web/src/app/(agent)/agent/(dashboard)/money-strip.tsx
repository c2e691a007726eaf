import type { Output } from "@humans2ai/core";
import Link from "next/link";
import { Money } from "@/ui/money.tsx";

/** Three figures that answer "what do I have, what is promised, what did it cost". */
export function MoneyStrip({ wallet }: { wallet: Output<"get_wallet"> }) {
  const figures = [
    { label: "Balance", amount: wallet.balance, hint: "free to spend" },
    { label: "In escrow", amount: wallet.frozenBalance, hint: "locked for your open tasks" },
    { label: "Spent", amount: wallet.totalSpent, hint: "paid out, fees included" },
  ];
  return (
    <section aria-labelledby="money" className="mt-10">
      <div className="mb-4 flex flex-wrap items-baseline justify-between gap-x-6">
        <h2 id="money" className="display text-2xl">
          Your money
        </h2>
        <Link href="/wallet" className="inline-flex min-h-11 items-center underline underline-offset-4">
          All transactions
        </Link>
      </div>
      <dl className="grid grid-cols-1 divide-y divide-line rounded-card border border-line bg-sheet shadow-sheet sm:grid-cols-3 sm:divide-x sm:divide-y-0">
        {figures.map(({ label, amount, hint }) => (
          <div key={label} className="flex items-baseline justify-between gap-4 px-5 py-4 sm:block">
            <dt className="text-sm text-soft">
              {label}
              <span className="block text-xs">{hint}</span>
            </dt>
            <dd className="display text-2xl sm:mt-2">
              <Money amount={amount} />
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
