import type { ReactNode } from "react";
import { Money } from "@/ui/money.tsx";
import type { TaskSummary } from "@/ui/types.ts";
import { When } from "@/ui/when.tsx";
import { plain } from "@/ui/words.ts";
import { UserLink } from "./user-link.tsx";

/** The head of a case: what task, whose, how much. */
export function CaseHead({ task, children }: { task: TaskSummary; children?: ReactNode }) {
  return (
    <header>
      <h3 id={task.id} className="display text-xl [overflow-wrap:anywhere]">
        {task.title}
      </h3>
      <p className="mt-1 flex flex-wrap gap-x-4 gap-y-1 text-sm text-soft">
        <Money amount={task.budget} className="font-semibold text-ink" />
        <UserLink id={task.agentId} name={task.agentName} />
        <span>{plain(task.category)}</span>
        {(task.remote || task.location) && <span>{task.remote ? "Remote" : task.location}</span>}
        {children}
        <span>
          posted <When at={task.createdAt} />
        </span>
      </p>
    </header>
  );
}

/** What the agent asked for. */
export function Asked({ task }: { task: TaskSummary }) {
  return (
    <div className="space-y-3">
      <p className="whitespace-pre-wrap [overflow-wrap:anywhere]">{task.description}</p>
      {task.requirements.length > 0 && (
        <ol className="list-decimal space-y-1 pl-5 [overflow-wrap:anywhere] marker:text-soft">
          {task.requirements.map((requirement, i) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a fixed list of plain text that may repeat itself
            <li key={i}>{requirement}</li>
          ))}
        </ol>
      )}
    </div>
  );
}

export function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section>
      <h4 className="mb-2 font-semibold">{title}</h4>
      {children}
    </section>
  );
}
