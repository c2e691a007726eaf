import { type Status, statuses } from "@humans2ai/core/wire";
import { ListFilter } from "lucide-react";
import Link from "next/link";
import { Button } from "@/ui/button.tsx";
import { Empty } from "@/ui/empty.tsx";
import { Money } from "@/ui/money.tsx";
import { StatusBadge } from "@/ui/status-badge.tsx";
import { When } from "@/ui/when.tsx";
import { clockWords } from "@/ui/words.ts";
import type { Task } from "./waiting-for.ts";

export function TaskTable({ tasks, status }: { tasks: Task[]; status: Status | undefined }) {
  if (tasks.length === 0) {
    return (
      <Empty
        icon={ListFilter}
        title={status ? `No task is “${statuses[status].label}” now` : "No tasks on this page"}
        action={
          <Button asChild variant="secondary">
            <Link href="/agent">Show all tasks</Link>
          </Button>
        }
      />
    );
  }
  return (
    <table className="mt-4 w-full border-collapse text-left">
      <thead className="border-b border-line text-sm text-soft">
        <tr>
          <th scope="col" className="py-2 pr-4 font-normal">
            Task
          </th>
          <th scope="col" className="py-2 pr-4 font-normal max-sm:hidden">
            Status
          </th>
          <th scope="col" className="py-2 pr-10 text-right font-normal max-md:hidden">
            Applicants
          </th>
          <th scope="col" className="py-2 pr-4 font-normal max-lg:hidden">
            What happens next
          </th>
          <th scope="col" className="py-2 text-right font-normal">
            Budget
          </th>
        </tr>
      </thead>
      <tbody>
        {tasks.map((task) => (
          <Row key={task.id} task={task} />
        ))}
      </tbody>
    </table>
  );
}

function Row({ task }: { task: Task }) {
  return (
    <tr className="border-b border-line align-top">
      <th scope="row" className="py-3 pr-4 font-normal">
        <Link
          href={`/agent/tasks/${task.id}`}
          className="inline-block min-h-6 font-medium underline-offset-4 hover:underline"
        >
          {task.title}
        </Link>
        <span className="mt-0.5 block text-sm text-soft">
          posted <When at={task.createdAt} />
        </span>
        <span className="mt-2 block sm:hidden">
          <StatusBadge status={task.status} />
        </span>
      </th>
      <td className="py-3 pr-4 max-sm:hidden">
        <StatusBadge status={task.status} />
      </td>
      <td className="py-3 pr-10 text-right tabular-nums max-md:hidden">{task.applicantCount}</td>
      <td className="py-3 pr-4 text-sm text-soft max-lg:hidden">
        <Next task={task} />
      </td>
      <td className="py-3 text-right whitespace-nowrap">
        <Money amount={task.budget} />
      </td>
    </tr>
  );
}

/** What the clock does if nobody does anything. */
function Next({ task }: { task: Task }) {
  const words = task.nextAction && clockWords[task.nextAction];
  if (!task.nextAt || !words) return "–";
  return (
    <>
      {words.agent} <When at={task.nextAt} suffix={false} />
    </>
  );
}
