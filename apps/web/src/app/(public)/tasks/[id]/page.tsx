import type { Metadata } from "next";
import Link from "next/link";
import { redirect } from "next/navigation";
import { cache } from "react";
import { read, readOr404 } from "@/server/read.ts";
import { header } from "@/server/viewer.ts";
import { Card, CardTitle } from "@/ui/card.tsx";
import { Chat } from "@/ui/chat.tsx";
import { Timeline } from "@/ui/history.tsx";
import { LiveTask } from "@/ui/live-task.tsx";
import { Proof } from "@/ui/proof.tsx";
import { ReportDialog } from "@/ui/report-dialog.tsx";
import { TaskReceipt } from "@/ui/task-receipt.tsx";
import type { TaskDetail, Viewer } from "@/ui/types.ts";
import { Brief } from "./brief.tsx";
import { NextStep } from "./next-step.tsx";
import { ProofPanel } from "./proof-panel.tsx";

export const dynamic = "force-dynamic";

type Props = { params: Promise<{ id: string }> };

const taskOf = cache((taskId: string) => readOr404("get_task", { taskId }));

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { title, description } = await taskOf((await params).id);
  return { title, description: description.slice(0, 160) };
}

export default async function TaskPage({ params }: Props) {
  const [task, viewer] = await Promise.all([taskOf((await params).id), header()]);
  // A question is answered on its own page; who has answered sees here what came of it.
  const isDone = viewer.userId === task.humanId && task.status !== "assigned";
  if (task.questionId && !isDone && (viewer.role === "human" || viewer.role === "visitor")) {
    redirect(`/questions/${task.questionId}`);
  }
  return (
    <div className="page py-8 sm:py-12">
      {(viewer.userId === task.humanId || task.myApplication?.status === "pending") && (
        <LiveTask taskId={task.id} updatedAt={task.updatedAt} />
      )}
      <nav aria-label="Way back" className="mb-4">
        <Link
          href="/tasks"
          className="inline-flex min-h-11 items-center text-soft underline underline-offset-4 hover:text-ink"
        >
          All open tasks
        </Link>
      </nav>
      <div className="grid gap-x-10 gap-y-8 lg:grid-cols-[minmax(0,1fr)_22rem]">
        <Brief task={task} />
        <aside
          aria-label="Pay and next step"
          className="space-y-6 lg:sticky lg:top-24 lg:col-start-2 lg:row-span-2 lg:row-start-1 lg:self-start"
        >
          <NextStep task={task} viewer={viewer} />
          <TaskReceipt task={task} />
          {["human", "agent"].includes(viewer.role) && viewer.userId !== task.agentId && (
            <ReportDialog objectType="task" objectId={task.id} />
          )}
        </aside>
        <div className="space-y-8 lg:col-start-1">
          <ProofPanel task={task} />
          <Proofs task={task} />
          <Conversation task={task} viewer={viewer} />
          {task.history.length > 0 && (
            <Card aria-labelledby="history">
              <CardTitle id="history">What happened</CardTitle>
              <Timeline history={task.history} />
            </Card>
          )}
        </div>
      </div>
    </div>
  );
}

function Proofs({ task }: { task: TaskDetail }) {
  const { submissions } = task;
  if (submissions.length === 0) return null;
  return (
    <Card aria-labelledby="proofs">
      <CardTitle id="proofs">{submissions.length === 1 ? "Proof" : "Proofs, the latest first"}</CardTitle>
      <ol className="divide-y divide-line">
        {submissions.toReversed().map((submission) => (
          <li key={submission.id} className="py-5 first:pt-0 last:pb-0">
            <Proof submission={submission} />
          </li>
        ))}
      </ol>
    </Card>
  );
}

/** The chat is the two sides' own, so it is read only for them (and for an admin, who cannot write). */
async function Conversation({ task, viewer }: { task: TaskDetail; viewer: Viewer }) {
  const isParty = viewer.role === "admin" || viewer.userId === task.humanId || viewer.userId === task.agentId;
  if (!isParty || !task.humanId) return null;
  const { messages } = await read("get_messages", { taskId: task.id });
  return (
    <Card aria-labelledby="chat">
      <CardTitle id="chat">Talk with {task.agentName}</CardTitle>
      <Chat
        taskId={task.id}
        meId={viewer.userId}
        messages={messages}
        canWrite={viewer.userId === task.humanId}
      />
    </Card>
  );
}
