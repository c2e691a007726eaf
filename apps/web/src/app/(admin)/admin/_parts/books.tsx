import type { Output } from "@humans2ai/core";
import { CircleCheck, Hourglass, OctagonAlert } from "lucide-react";
import { When } from "@/ui/when.tsx";

type Invariants = Output<"get_health">["invariants"];

/** What a broken view means, for the one who has to act on it. */
const meanings: Record<string, string> = {
  balances: "a balance differs from the sum of its transfers",
  totals: "an account’s earned or spent total differs from its transfers",
  held: "an agent’s escrow differs from the budgets of its running tasks",
  heads: "a task does not stand where its last event left it",
  settlements: "a task was not locked and settled exactly once",
  directions: "a transfer runs between the wrong accounts",
  seals: "entries that are sealed in the audit are gone or were added: run pnpm audit:verify",
  applications: "the accepted applicant is not the assigned human, or the count is off",
};

/** The books as the health job last found them, against the views that must be empty. */
export function Books({ invariants: { checkedAt, stale, views } }: { invariants: Invariants }) {
  const broken = views.filter((view) => view.rows > 0);
  if (broken.length > 0) {
    return (
      <section
        aria-label="Money health"
        role="alert"
        className="flex gap-3 rounded-card bg-bad-wash px-5 py-4 text-bad"
      >
        <OctagonAlert aria-hidden className="mt-0.5 size-5 shrink-0" />
        <div>
          <p className="font-semibold">
            The books do not balance. Stop payouts and look at these views first:
          </p>
          <ul className="mt-2 list-disc space-y-1 pl-5">
            {broken.map(({ name, rows }) => (
              <li key={name}>
                <code>invariant_{name}</code> ({rows}): {meanings[name] ?? "must be empty"}
              </li>
            ))}
          </ul>
          {checkedAt && (
            <p className="mt-2">
              Checked <When at={checkedAt} />.
            </p>
          )}
        </div>
      </section>
    );
  }
  if (stale) {
    return (
      <section
        aria-label="Money health"
        className="flex gap-3 rounded-card bg-waiting-wash px-5 py-4 text-waiting"
      >
        <Hourglass aria-hidden className="mt-0.5 size-5 shrink-0" />
        <p>
          <strong className="font-semibold">Nobody knows whether the books balance.</strong>{" "}
          {checkedAt ? (
            <>
              They did when last checked, <When at={checkedAt} />; the check has failed or stopped since.
            </>
          ) : (
            "They have not been checked yet: the health job does it every minute."
          )}
        </p>
      </section>
    );
  }
  return (
    <section aria-label="Money health" className="flex gap-3 rounded-card bg-good-wash px-5 py-4 text-good">
      <CircleCheck aria-hidden className="mt-0.5 size-5 shrink-0" />
      <p>
        <strong className="font-semibold">Books balanced.</strong> Every balance is the sum of its transfers,
        and every task’s escrow is locked and settled exactly once.
        {checkedAt && (
          <>
            {" "}
            Checked <When at={checkedAt} />.
          </>
        )}
      </p>
    </section>
  );
}
