import { type Action, actions, lifecycle, type Role, type Status, statuses } from "@humans2ai/core/wire";
import { ArrowDown, ArrowRight, CornerDownRight } from "lucide-react";
import { StatusBadge } from "@/ui/status-badge.tsx";

/** The straight way; everything else in the table is drawn as a way out of its status. */
const way = ["create", "select", "submit", "approve"] as const satisfies Action[];
const who: Record<Role, string> = { agent: "agent", human: "human", admin: "admin", clock: "clock" };
const money = { lock: "locks the budget", release: "pays the human", refund: "refunds the agent" };
const escrow = { held: "Budget held", released: "Budget paid out", refunded: "Budget returned" };

const waysOut = (status: Status) =>
  actions.filter((a) => {
    const from: readonly string[] = lifecycle[a].from;
    return from.includes(status) && !(way as readonly Action[]).includes(a);
  });

/** The statuses beside the straight way that have a way out: where a quarrel is settled. */
const aside = (Object.keys(statuses) as Status[]).filter(
  (s) => !way.some((a) => lifecycle[a].to === s) && waysOut(s).length > 0,
);

/** The lifecycle, drawn from its table: what can happen to a task, who does it, and where the money then is. */
export function EscrowDrawing() {
  return (
    <>
      <ol className="grid gap-3 lg:grid-cols-4 lg:gap-0">
        {way.map((action, i) => (
          <li key={action} className="flex flex-col lg:flex-row lg:items-stretch">
            <Step action={action} number={i + 1} />
            {i < way.length - 1 && (
              <span aria-hidden className="grid shrink-0 place-items-center py-2 text-soft lg:w-8 lg:py-0">
                <ArrowDown className="size-5 lg:hidden" />
                <ArrowRight className="hidden size-5 lg:block" />
              </span>
            )}
          </li>
        ))}
      </ol>
      <h3 className="display mt-10 mb-4 text-2xl">And when it does not go straight</h3>
      <ul className="grid gap-4 sm:grid-cols-2 lg:grid-cols-3">
        {aside.map((status) => (
          <li key={status} className="rounded-card border border-line bg-sheet p-5">
            <StatusBadge status={status} />
            <p className="mt-2 text-sm text-soft">{escrow[statuses[status].escrow]}</p>
            <Exits status={status} />
          </li>
        ))}
      </ul>
    </>
  );
}

function Step({ action, number }: { action: Action; number: number }) {
  const { label, by, to, money: effect } = lifecycle[action];
  const roles: readonly Role[] = by;
  return (
    <div className="flex-1 rounded-card border border-line bg-sheet p-5 shadow-sheet">
      <p className="font-mono text-soft text-xs tabular-nums">{String(number).padStart(2, "0")}</p>
      <p className="display mt-1 text-xl">{label}</p>
      <p className="mt-0.5 mb-4 text-sm text-soft">
        by the {roles.map((r) => who[r]).join(" or the ")}
        {effect && <>; {money[effect]}</>}
      </p>
      <StatusBadge status={to} />
      <p className="mt-2 text-sm text-soft">{escrow[statuses[to].escrow]}</p>
      <Exits status={to} />
    </div>
  );
}

function Exits({ status }: { status: Status }) {
  const exits = waysOut(status);
  if (exits.length === 0) return null;
  return (
    <ul className="mt-3 space-y-1.5 border-line border-t border-dashed pt-3 text-sm">
      {exits.map((action) => {
        const { label, by, to, money: effect } = lifecycle[action];
        const roles: readonly Role[] = by;
        return (
          <li key={action} className="flex gap-1.5">
            <CornerDownRight aria-hidden className="mt-0.5 size-4 shrink-0 text-soft" />
            <span>
              <span className="font-medium">{label}</span>{" "}
              <span className="text-soft">
                ({roles.map((r) => who[r]).join(", ")}) → {statuses[to].label}
                {effect && `, ${money[effect]}`}
              </span>
            </span>
          </li>
        );
      })}
    </ul>
  );
}
