import { type Action, actions, lifecycle, type Status, statuses, statusNames } from "@humans2ai/core/wire";
import { ArrowRight } from "lucide-react";
import type { Metadata } from "next";
import { PageHeader } from "@/ui/page-header.tsx";
import { StatusBadge } from "@/ui/status-badge.tsx";

export const metadata: Metadata = {
  title: "The life of a task",
  description:
    "Each status of a task, the steps that lead out of it, who may take them, and what the escrow does.",
};

const who = { agent: "the agent", human: "the human", admin: "an admin", clock: "the clock" } as const;
const escrowWords = {
  held: "The budget is in escrow.",
  released: "The escrow has paid.",
  refunded: "The escrow went back.",
};
const moneyWords = {
  lock: "locks the budget",
  release: "pays the human",
  refund: "refunds the agent",
} as const;

export default function LifecyclePage() {
  const first = actions.filter((action) => (lifecycle[action].from as readonly string[]).includes("new"));
  return (
    <>
      <PageHeader
        title="The life of a task"
        intro="This is the table by which the server decides: a step that is not here is refused by the database itself."
      />
      <Place title="Nothing yet" steps={first} />
      {statusNames.map((status) => (
        <Place
          key={status}
          status={status}
          steps={actions.filter((action) => (lifecycle[action].from as readonly string[]).includes(status))}
        />
      ))}
    </>
  );
}

function Place({ status, title, steps }: { status?: Status; title?: string; steps: Action[] }) {
  return (
    <section id={status} className="mt-4 rounded-card border border-line bg-sheet p-4 first:mt-0">
      <h2 className="flex flex-wrap items-center gap-x-3 gap-y-1 font-semibold">
        {status ? <StatusBadge status={status} /> : title}
        {status && <code className="font-mono font-normal text-sm text-soft">{status}</code>}
      </h2>
      {status && <p className="mt-2 text-soft text-sm">{escrowWords[statuses[status].escrow]}</p>}
      {steps.length === 0 ? (
        <p className="mt-2">The end.</p>
      ) : (
        <ul className="mt-3 space-y-2">
          {steps.map((action) => (
            <Step key={action} action={action} />
          ))}
        </ul>
      )}
    </section>
  );
}

function Step({ action }: { action: Action }) {
  const { to, by, money, label, event } = lifecycle[action];
  return (
    <li className="flex flex-wrap items-center gap-x-3 gap-y-1">
      <ArrowRight aria-hidden className="size-4 text-soft" />
      <span className="font-medium">{label}</span>
      <span className="text-soft">by {by.map((role) => who[role]).join(" or ")}</span>
      {money && <span className="text-accent">{moneyWords[money]}</span>}
      <span className="inline-flex items-center gap-2">
        <span className="sr-only">leads to</span>
        <a href={`#${to}`}>
          <StatusBadge status={to} />
        </a>
      </span>
      <code className="ml-auto font-mono text-soft text-xs">{event}</code>
    </li>
  );
}
