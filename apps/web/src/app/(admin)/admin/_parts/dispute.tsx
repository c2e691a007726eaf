import { Bot, UserRound } from "lucide-react";
import type { ReactNode } from "react";
import { read } from "@/server/read.ts";
import { Timeline } from "@/ui/history.tsx";
import { Proof } from "@/ui/proof.tsx";
import { Asked, CaseHead, Part } from "./brief.tsx";
import { DecideButtons } from "./decide-buttons.tsx";
import { Thread } from "./thread.tsx";
import { UserLink } from "./user-link.tsx";

/** One case, in the order one reads it: both sides' words, what was asked, what was delivered, then the record. */
export async function Dispute({ taskId }: { taskId: string }) {
  const [task, { applications }, { messages }] = await Promise.all([
    read("get_task", { taskId }),
    read("list_applicants", { taskId }),
    read("get_messages", { taskId }),
  ]);
  const names = new Map(applications.map(({ humanId, humanName }) => [humanId, humanName]));
  const human = names.get(task.humanId ?? "") ?? "The human";
  return (
    <article
      aria-labelledby={task.id}
      className="rounded-card border border-line bg-sheet p-5 shadow-sheet sm:p-6"
    >
      <CaseHead task={task} />
      <div className="mt-5 grid gap-4 md:grid-cols-2">
        <Words icon={<Bot aria-hidden className="size-5" />} who={task.agentName} said="rejected because">
          {task.rejectionReason}
        </Words>
        <Words
          icon={<UserRound aria-hidden className="size-5" />}
          who={task.humanId ? <UserLink id={task.humanId} name={human} /> : human}
          said="disagrees because"
        >
          {task.disputeReason}
        </Words>
      </div>
      <div className="mt-6 grid gap-x-10 gap-y-6 md:grid-cols-2">
        <Part title="What was asked">
          <Asked task={task} />
        </Part>
        <Part title="What was delivered">
          {task.submission ? (
            <Proof submission={task.submission} originals />
          ) : (
            <p className="text-soft">Nothing.</p>
          )}
        </Part>
      </div>
      <div className="mt-4 border-line border-t border-dashed pt-2">
        {task.submissions.length > 1 && (
          <More title={`Earlier proof (${task.submissions.length - 1})`}>
            <div className="space-y-6">
              {task.submissions.slice(0, -1).map((submission) => (
                <Proof key={submission.id} submission={submission} originals />
              ))}
            </div>
          </More>
        )}
        <More title={`Chat (${messages.length})`}>
          <Thread messages={messages} agent={task.agentName} names={names} />
        </More>
        <More title={`History (${task.history.length})`}>
          <Timeline history={task.history} />
        </More>
      </div>
      <DecideButtons taskId={task.id} payout={task.payout} agent={task.agentName} human={human} />
    </article>
  );
}

function Words({
  icon,
  who,
  said,
  children,
}: {
  icon: ReactNode;
  who: ReactNode;
  said: string;
  children: ReactNode;
}) {
  return (
    <div className="rounded-control bg-sunk p-4">
      <h4 className="flex flex-wrap items-center gap-x-2 font-semibold">
        {icon} {who} <span className="font-normal text-soft">{said}</span>
      </h4>
      <blockquote className="mt-2 whitespace-pre-wrap [overflow-wrap:anywhere]">{children}</blockquote>
    </div>
  );
}

function More({ title, children }: { title: string; children: ReactNode }) {
  return (
    <details>
      <summary className="min-h-11 py-2.5 font-medium">{title}</summary>
      <div className="pt-2 pb-4">{children}</div>
    </details>
  );
}
