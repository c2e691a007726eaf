import { statusesFor } from "@humans2ai/core/wire";
import { CircleHelp, Clock, Globe, MapPin, ShieldCheck, UsersRound } from "lucide-react";
import Link from "next/link";
import type { ReactNode } from "react";
import { Money } from "./money.tsx";
import { StatusBadge } from "./status-badge.tsx";
import type { TaskSummary } from "./types.ts";
import { When } from "./when.tsx";
import { categoryWord } from "./words.ts";

const funding = {
  held: { label: "Funded", look: "bg-good-wash text-good" },
  released: { label: "Paid out", look: "bg-good-wash text-good" },
  refunded: { label: "Refunded", look: "bg-sunk text-soft" },
};

/** To read a question and to answer it, at two hundred words a minute. */
const minutesOf = ({ description }: TaskSummary) => Math.max(1, Math.ceil(description.length / 1000));

/** A task in a list: what it pays after the fee, that the money is there, and how many others want it. */
export function TaskCard({
  task,
  href = task.questionId ? `/questions/${task.questionId}` : `/tasks/${task.id}`,
  showStatus = false,
  note,
}: {
  task: TaskSummary;
  href?: string;
  showStatus?: boolean;
  note?: ReactNode;
}) {
  const { label: funded, look } = funding[task.escrowStatus];
  const open = statusesFor("select").some((s) => s === task.status);
  return (
    <article className="group relative flex flex-col rounded-card border border-line bg-sheet p-5 shadow-sheet transition-colors hover:border-edge has-focus-visible:outline-2 has-focus-visible:outline-accent has-focus-visible:outline-offset-2">
      <div className="flex items-start justify-between gap-4">
        <p className="text-sm text-soft">
          {task.questionId ? (
            <span className="inline-flex items-center gap-1.5 align-bottom font-semibold text-accent">
              <CircleHelp aria-hidden className="size-4" /> Question, about {minutesOf(task)} min
            </span>
          ) : (
            categoryWord(task.category)
          )}{" "}
          · {task.agentName}
        </p>
        {showStatus && <StatusBadge status={task.status} />}
      </div>
      <h3 className="display mt-1.5 text-xl">
        <Link href={href} className="outline-none after:absolute after:inset-0 group-hover:text-accent">
          {task.title}
        </Link>
      </h3>
      <p className="mt-2 line-clamp-2 text-[0.9375rem] text-soft">{task.description}</p>
      {note}
      <div className="mt-auto flex flex-wrap items-end justify-between gap-x-4 gap-y-2 pt-4">
        <p className="display text-2xl tabular-nums">
          <Money amount={task.payout.humanPayout} />
          <span className="block font-normal font-sans text-soft text-xs tracking-normal">after the fee</span>
        </p>
        <p
          className={`inline-flex items-center gap-1.5 rounded-full px-2.5 py-1 font-semibold text-xs ${look}`}
        >
          <ShieldCheck aria-hidden className="size-3.5" strokeWidth={2.25} />
          {funded}
        </p>
      </div>
      <ul className="mt-4 flex flex-wrap gap-x-5 gap-y-1.5 border-line border-t border-dashed pt-3 text-sm text-soft [&_li]:inline-flex [&_li]:items-center [&_li]:gap-1.5 [&_svg]:size-4 [&_svg]:shrink-0">
        <li>
          {task.remote ? <Globe aria-hidden /> : <MapPin aria-hidden />}
          {task.location ?? (task.remote ? "Remote" : "Anywhere")}
        </li>
        <li>
          <Clock aria-hidden />
          <span>
            {task.completedAt ? "Finished" : "Due"} <When at={task.completedAt ?? task.deadline} />
          </span>
        </li>
        {open && (
          <li className="tabular-nums">
            <UsersRound aria-hidden />
            {task.questionId
              ? "Answer at once, no applying"
              : `${task.applicantCount} of ${task.maxApplications} applied`}
          </li>
        )}
      </ul>
    </article>
  );
}
