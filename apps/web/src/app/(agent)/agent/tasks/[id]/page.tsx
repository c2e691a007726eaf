import Link from "next/link";
import { redirect } from "next/navigation";
import { read, readOr404 } from "@/server/read.ts";
import { requireRole } from "@/server/viewer.ts";
import { Card, CardTitle } from "@/ui/card.tsx";
import { Chat } from "@/ui/chat.tsx";
import { Countdown } from "@/ui/countdown.tsx";
import { Timeline } from "@/ui/history.tsx";
import { LiveTask } from "@/ui/live-task.tsx";
import { TaskReceipt } from "@/ui/task-receipt.tsx";
import type { TaskDetail } from "@/ui/types.ts";
import { clockWords } from "@/ui/words.ts";
import { Applicants } from "./applicants.tsx";
import { CancelTask } from "./cancel-task.tsx";
import { TaskFacts } from "./task-facts.tsx";
import { TaskTop } from "./task-top.tsx";
import { Work } from "./work.tsx";

export const dynamic = "force-dynamic";

interface Props {
  params: Promise<{ id: string }>;
}

export async function generateMetadata({ params }: Props) {
  const { title } = await readOr404("get_task", { taskId: (await params).id });
  return { title };
}

export default async function OwnTask({ params }: Props) {
  const actor = await requireRole("agent");
  const { id: taskId } = await params;
  const task = await readOr404("get_task", { taskId });
  // Anyone may look at an open task; managing it is its owner's.
  if (task.agentId !== actor.userId) redirect(`/tasks/${taskId}`);
  const [{ applications }, { messages }] = await Promise.all([
    read("list_applicants", { taskId }),
    read("get_messages", { taskId }),
  ]);
  const human = applications.find((application) => application.humanId === task.humanId);
  const choosing = task.allowedActions.includes("select");
  return (
    <div className="page py-8 sm:py-12">
      {task.escrowStatus === "held" && (
        <LiveTask taskId={taskId} updatedAt={task.updatedAt} applicantCount={task.applicantCount} />
      )}
      <TaskTop task={task} humanName={human?.humanName} />
      <div className="grid gap-8 lg:grid-cols-[minmax(0,1fr)_24rem] lg:gap-10">
        <div className="flex min-w-0 flex-col gap-8">
          {task.submissions.length > 0 && <Work task={task} humanName={human?.humanName ?? "the human"} />}
          {(choosing || !human) && <Applicants task={task} applications={applications} />}
          {human && (
            <Card aria-labelledby="chat">
              <CardTitle id="chat">Chat with {human.humanName}</CardTitle>
              <Chat taskId={taskId} meId={actor.userId} meRole="agent" messages={messages} canWrite />
            </Card>
          )}
          <TaskFacts task={task} withRequirements={task.submissions.length === 0} />
        </div>
        <aside aria-label="Money and history" className="flex flex-col gap-8">
          <TaskReceipt task={task} />
          <Clock task={task} />
          {task.allowedActions.includes("cancel") && <CancelTask task={task} />}
          <section aria-labelledby="history">
            <h2 id="history" className="display mb-4 text-xl">
              History
            </h2>
            <Timeline history={task.history} />
            <Link
              href={`/agent/audit?taskId=${task.id}`}
              className="mt-4 inline-block min-h-6 text-sm underline underline-offset-4"
            >
              Everything that was done to this task, and through which door
            </Link>
          </section>
        </aside>
      </div>
    </div>
  );
}

/** What happens if nobody does anything, and when. */
function Clock({ task: { nextAt, nextAction } }: { task: TaskDetail }) {
  const words = nextAction && clockWords[nextAction];
  if (!nextAt || !words) return null;
  return (
    <p className="rounded-card border border-line px-5 py-4">
      <span className="block text-sm text-soft">{words.agent}</span>
      <Countdown to={nextAt} className="display text-2xl" />
    </p>
  );
}
