import { type Action, lifecycle, type Status, statuses } from "@humans2ai/core/wire";
import { Check, Circle, Undo2 } from "lucide-react";
import { cn } from "./cn.ts";
import { Money } from "./money.tsx";
import { StatusBadge } from "./status-badge.tsx";
import type { HistoryEntry, TaskSummary } from "./types.ts";
import { When } from "./when.tsx";

/** The straight way of a task, one line of the receipt each. */
const way = ["create", "select", "submit", "approve"] as const satisfies Action[];
const lines: Record<(typeof way)[number], string> = {
  create: "Budget locked",
  select: "Human chosen",
  submit: "Proof sent",
  approve: "Human paid",
};

/** How many transitions a status is away from the start, by the lifecycle itself. */
const depth = (() => {
  const found = new Map<string, number>([["new", 0]]);
  for (let round = 0; round < Object.keys(statuses).length; round++) {
    for (const { from, to } of Object.values(lifecycle)) {
      for (const f of from) {
        const d = found.get(f);
        if (d !== undefined) found.set(to, Math.min(found.get(to) ?? Number.POSITIVE_INFINITY, d + 1));
      }
    }
  }
  return found;
})();

/** Which lines are filled in: what the history says, or as far as the status lies on the way. */
function reached(status: Status, step: (typeof way)[number], history: readonly HistoryEntry[]): boolean {
  const { escrow } = statuses[status];
  if (escrow === "released") return true;
  const goal = lifecycle[step].to;
  if (escrow === "held") return (depth.get(status) ?? 0) >= (depth.get(goal) ?? 0) && step !== "approve";
  return step === "create" || history.some((h) => h.action === step);
}

const whereabouts = {
  held: {
    label: "In escrow now",
    note: "Locked before anyone started. It leaves by the rules only.",
    stamp: null,
  },
  released: { label: "Paid out", note: "The escrow is empty: everything was paid out.", stamp: "Paid" },
  refunded: {
    label: "Returned to the agent",
    note: "The task closed without a payout.",
    stamp: "Returned",
  },
};

const headline = {
  human: { label: "Pays, after the fee", part: "humanPayout" },
  agent: { label: "You pay", part: "total" },
} as const;

type Props = {
  task: TaskSummary & { history?: HistoryEntry[] };
  /** Whose receipt it is. */
  side?: keyof typeof headline;
  className?: string;
};

/** The task as a receipt that fills in: where the money is, and how far the work has come. */
export function TaskReceipt({ task, side = "human", className }: Props) {
  const { payout } = task;
  return (
    <section
      aria-label="Receipt"
      className={cn("drop-shadow-[0_4px_14px_oklch(0.2_0.03_268/0.13)]", className)}
    >
      <div className="torn rounded-t-card bg-sheet px-5 pt-5 sm:px-6">
        <div className="flex items-start justify-between gap-3">
          <div>
            <p className="text-sm text-soft">{headline[side].label}</p>
            <p className="display text-[2.1rem] tabular-nums">
              <Money amount={payout[headline[side].part]} />
            </p>
          </div>
          <StatusBadge status={task.status} className="mt-1" />
        </div>
        <dl className="mt-4 space-y-1.5 border-line border-t border-dashed pt-4 text-[0.9375rem]">
          <Row label="Budget" amount={payout.total} />
          <Row label="Platform fee" amount={payout.platformFee} sign="− " />
          <Row
            label={task.escrowStatus === "refunded" ? "Would have paid" : "Paid to the human"}
            amount={payout.humanPayout}
            strong
          />
        </dl>
        <Progress task={task} />
        <Whereabouts task={task} />
      </div>
    </section>
  );
}

function Progress({ task }: { task: Props["task"] }) {
  const history = task.history ?? [];
  return (
    <ol className="mt-4 space-y-2 border-line border-t border-dashed pt-4 text-[0.9375rem]">
      {way.map((step) => {
        const done = reached(task.status, step, history);
        const when = history.findLast((h) => h.action === step)?.at;
        return (
          <li key={step} className={cn("flex items-center gap-2.5", !done && "text-soft")}>
            {done ? (
              <Check aria-hidden className="size-4.5 text-good" strokeWidth={2.75} />
            ) : (
              <Circle aria-hidden className="size-4.5 text-edge" strokeDasharray="2.5 3.2" />
            )}
            <span className={done ? "font-medium" : ""}>{lines[step]}</span>
            <span className="sr-only">{done ? ", done" : ", not yet"}</span>
            <span aria-hidden className="leader" />
            <span className="whitespace-nowrap text-sm text-soft">
              {done && when ? <When at={when} /> : done ? "done" : "—"}
            </span>
          </li>
        );
      })}
      {task.escrowStatus === "refunded" && (
        <li className="flex items-center gap-2.5">
          <Undo2 aria-hidden className="size-4.5" /> <span className="font-medium">Budget returned</span>
        </li>
      )}
    </ol>
  );
}

/** Where the budget is now. */
function Whereabouts({ task }: { task: Props["task"] }) {
  const { label, note, stamp } = whereabouts[task.escrowStatus];
  const room = stamp && "pr-36";
  return (
    <div className="relative mt-4 border-line border-t border-dashed pt-4 pb-3">
      {stamp && <Stamp word={stamp} faded={task.escrowStatus === "refunded"} />}
      <p className="flex items-baseline gap-2 font-semibold">
        {label}
        <span aria-hidden className="leader" />
        <Money amount={task.budget} />
      </p>
      <p className={cn("mt-1 text-sm text-soft", room)}>{note}</p>
      <p className={cn("mt-3 break-all font-mono text-soft text-xs", room)}>{task.escrowId}</p>
    </div>
  );
}

/** What a clerk would do last: it repeats what the words beside it say. */
function Stamp({ word, faded }: { word: string; faded: boolean }) {
  return (
    <span
      aria-hidden
      className={cn(
        "display absolute right-0 bottom-2 rotate-[-9deg] rounded-control border-[3px] px-2.5 py-0.5 text-xl uppercase tracking-widest",
        faded ? "border-soft text-soft" : "border-good text-good",
      )}
    >
      {word}
    </span>
  );
}

function Row({
  label,
  amount,
  sign,
  strong,
}: {
  label: string;
  amount: number;
  sign?: string;
  strong?: boolean;
}) {
  return (
    <div className={cn("flex items-baseline gap-2", strong && "font-semibold")}>
      <dt>{label}</dt>
      <span aria-hidden className="leader" />
      <dd>
        <Money amount={amount} {...(sign ? { sign } : {})} />
      </dd>
    </div>
  );
}
