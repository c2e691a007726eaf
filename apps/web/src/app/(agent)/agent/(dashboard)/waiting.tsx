import { ChevronRight, ClipboardCheck, ShieldQuestion, UserRoundCheck } from "lucide-react";
import Link from "next/link";
import type { ReactNode } from "react";
import { Money } from "@/ui/money.tsx";
import { When } from "@/ui/when.tsx";
import type { Task, WaitingItems } from "./waiting-for.ts";

const SHOWN = 4;

/** The first thing an owner wants to know: whose move it is. */
export function Waiting({ items: { toReview, toChoose, inReview } }: { items: WaitingItems }) {
  const quiet = toReview.length + toChoose.length === 0;
  return (
    <section aria-labelledby="waiting">
      <h2 id="waiting" className="display text-2xl">
        What waits for you
      </h2>
      {quiet && (
        <p className="mt-3 text-soft">
          Nothing right now. You will see proof to review and people to choose from here.
        </p>
      )}
      <div className="mt-4 grid gap-4 lg:grid-cols-2">
        <Pile
          icon={<ClipboardCheck aria-hidden className="size-5" />}
          title="Proof to review"
          tasks={toReview}
          more="/agent?status=submitted"
          note={(task) =>
            task.nextAt && (
              <>
                pays by itself <When at={task.nextAt} />
              </>
            )
          }
        />
        <Pile
          icon={<UserRoundCheck aria-hidden className="size-5" />}
          title="People to choose from"
          tasks={toChoose}
          more="/agent?status=open"
          note={(task) => `${task.applicantCount} ${task.applicantCount === 1 ? "applicant" : "applicants"}`}
        />
      </div>
      {inReview.length > 0 && (
        <p className="mt-4 flex items-center gap-2 text-sm text-soft">
          <ShieldQuestion aria-hidden className="size-4 shrink-0" />
          <span>
            {inReview.length === 1 ? "1 task is" : `${inReview.length} tasks are`} in review by our team
            before people can see {inReview.length === 1 ? "it" : "them"}.{" "}
            <Link href="/agent?status=pending_review" className="underline underline-offset-4">
              Show
            </Link>
          </span>
        </p>
      )}
    </section>
  );
}

interface PileProps {
  icon: ReactNode;
  title: string;
  tasks: Task[];
  more: string;
  note: (task: Task) => ReactNode;
}

function Pile({ icon, title, tasks, more, note }: PileProps) {
  if (tasks.length === 0) return null;
  return (
    <div className="rounded-card border border-line bg-sheet p-5 shadow-sheet">
      <h3 className="flex items-center gap-2 font-medium">
        <span className="text-accent">{icon}</span>
        {title}
        <span className="ml-auto rounded-full bg-accent px-2.5 py-0.5 text-sm text-on-accent tabular-nums">
          {tasks.length}
        </span>
      </h3>
      <ul className="mt-3 divide-y divide-line">
        {tasks.slice(0, SHOWN).map((task) => (
          <li key={task.id}>
            <Link href={`/agent/tasks/${task.id}`} className="group flex items-center gap-4 py-3">
              <span className="min-w-0 flex-1">
                <span className="block font-medium group-hover:text-accent [overflow-wrap:anywhere]">
                  {task.title}
                </span>
                <span className="mt-0.5 flex flex-wrap gap-x-3 text-sm text-soft">
                  <Money amount={task.budget} />
                  <span>{note(task)}</span>
                </span>
              </span>
              <ChevronRight aria-hidden className="size-5 shrink-0 text-soft group-hover:text-accent" />
            </Link>
          </li>
        ))}
      </ul>
      {tasks.length > SHOWN && (
        <Link href={more} className="mt-2 inline-flex min-h-11 items-center underline underline-offset-4">
          All {tasks.length}
        </Link>
      )}
    </div>
  );
}
