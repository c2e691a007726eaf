import { Card, CardTitle } from "@/ui/card.tsx";
import type { TaskDetail } from "@/ui/types.ts";
import { exactTime } from "@/ui/when.tsx";
import { plain } from "@/ui/words.ts";

/** What was asked for, as it was posted. */
export function TaskFacts({ task, withRequirements }: { task: TaskDetail; withRequirements: boolean }) {
  const facts: [string, string][] = [
    ["Deadline", exactTime(task.deadline)],
    ["Where", task.remote ? "Remote" : (task.location ?? "Not said")],
    ["Urgency", plain(task.urgency)],
    ["Skills", task.skillsRequired.join(", ") || "None needed"],
    ["If you do not review", task.autoApprove ? "Paid by itself, early" : "Approved after the review time"],
  ];
  return (
    <Card aria-labelledby="task">
      <CardTitle id="task">The task as posted</CardTitle>
      <p className="whitespace-pre-wrap [overflow-wrap:anywhere]">{task.description}</p>
      {withRequirements && <Requirements task={task} className="mt-6" />}
      <dl className="mt-6 grid gap-x-6 gap-y-3 border-line border-t border-dashed pt-5 sm:grid-cols-2">
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt className="text-sm text-soft">{name}</dt>
            <dd className="[overflow-wrap:anywhere]">{value}</dd>
          </div>
        ))}
      </dl>
    </Card>
  );
}

export function Requirements({ task, className }: { task: TaskDetail; className?: string }) {
  return (
    <div className={className}>
      <h3 className="font-semibold">Requirements</h3>
      {task.requirements.length === 0 ? (
        <p className="mt-2 text-soft">None were listed: the description is what counts.</p>
      ) : (
        <ol className="mt-2 list-decimal space-y-1.5 pl-5 [overflow-wrap:anywhere] marker:text-soft">
          {task.requirements.map((requirement, i) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a fixed list of plain text that may repeat itself
            <li key={i}>{requirement}</li>
          ))}
        </ol>
      )}
    </div>
  );
}
