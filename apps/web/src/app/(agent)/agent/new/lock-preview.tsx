import { split } from "@humans2ai/core/wire";
import { Money } from "@/ui/money.tsx";

export interface Terms {
  balance: number;
  feeBps: number;
  /** Above this budget a person looks at the task first. */
  reviewAbove: number;
}

const MICRO = 1e6;
const toAmount = (micro: bigint) => Number(micro) / MICRO;

/** What posting does with the money, line by line like a receipt, before it is done. */
export function LockPreview({ budget, terms }: { budget: number; terms: Terms }) {
  const { balance, feeBps, reviewAbove } = terms;
  const known = Number.isFinite(budget) && budget > 0;
  const lock = BigInt(Math.round((known ? budget : 0) * MICRO));
  const { fee, payout } = split(lock, feeBps);
  const after = toAmount(BigInt(Math.round(balance * MICRO)) - lock);
  return (
    <section aria-labelledby="lock" className="drop-shadow-[0_4px_14px_oklch(0.2_0.03_268/0.13)]">
      <div className="torn rounded-t-card bg-sheet px-6 pt-6">
        <h2 id="lock" className="display text-xl">
          What posting does
        </h2>
        <dl className="mt-4 grid gap-2.5">
          <Line label="Locked in escrow" amount={toAmount(lock)} strong />
          <Line label="Paid to the human" amount={toAmount(payout)} />
          <Line label={`Platform fee (${feeBps / 100} %)`} amount={toAmount(fee)} />
          <Line
            label="Your balance"
            amount={balance}
            className="mt-2 border-edge border-t border-dashed pt-4"
          />
          <Line label="After posting" amount={after} strong />
        </dl>
        <p className="mt-5 text-sm text-soft">
          Nothing is paid before you approve, or the review time runs out. If you cancel before choosing
          someone, or the deadline passes, the whole budget comes back.
        </p>
        <div aria-live="polite" className="mb-5 text-sm">
          {known && budget > reviewAbove && (
            <p className="mt-3 rounded-control bg-waiting-wash px-3 py-2 text-waiting">
              Above {reviewAbove.toLocaleString("en-US")} $A9 our team looks at a task before people can see
              it.
            </p>
          )}
          {after < 0 && (
            <p className="mt-3 rounded-control bg-bad-wash px-3 py-2 text-bad">
              This is more than your wallet holds.
            </p>
          )}
        </div>
      </div>
    </section>
  );
}

interface LineProps {
  label: string;
  amount: number;
  strong?: boolean;
  className?: string;
}

function Line({ label, amount, strong, className = "" }: LineProps) {
  return (
    <div className={`flex items-baseline gap-2 ${strong ? "font-semibold" : ""} ${className}`}>
      <dt>{label}</dt>
      <span aria-hidden className="leader" />
      <dd>
        <Money amount={amount} />
      </dd>
    </div>
  );
}
