import { formOf } from "@humans2ai/core/wire";
import type { Metadata } from "next";
import Link from "next/link";
import { cache } from "react";
import { read, readOr404 } from "@/server/read.ts";
import { header } from "@/server/viewer.ts";
import { LiveTask } from "@/ui/live-task.tsx";
import { ReportDialog } from "@/ui/report-dialog.tsx";
import { Asked } from "./asked.tsx";
import { YourPlace } from "./your-place.tsx";

export const dynamic = "force-dynamic";

type Props = { params: Promise<{ id: string }> };

const questionOf = cache((questionId: string) => readOr404("get_question", { questionId }));

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { title, question } = await questionOf((await params).id);
  return { title, description: question.slice(0, 160) };
}

export default async function QuestionPage({ params }: Props) {
  const [question, viewer] = await Promise.all([questionOf((await params).id), header()]);
  const { mine, answerSchema } = question;
  const said = mine?.status === "rejected_by_agent" ? await read("get_task", { taskId: mine.taskId }) : null;
  return (
    <div className="page max-w-3xl py-8 sm:py-12">
      {mine && <LiveTask taskId={mine.taskId} updatedAt={mine.updatedAt} />}
      <nav aria-label="Way back" className="mb-4">
        <Link
          href="/tasks"
          className="inline-flex min-h-11 items-center text-soft underline underline-offset-4 hover:text-ink"
        >
          All open tasks
        </Link>
      </nav>
      <Asked question={question} />
      <section
        id="next-step"
        tabIndex={-1}
        aria-label="Next step"
        className="mt-8 rounded-card border border-accent bg-sheet p-5 shadow-sheet outline-none sm:p-6"
      >
        <YourPlace
          question={question}
          viewer={viewer}
          form={answerSchema === null ? null : formOf(answerSchema)}
          rejection={said?.rejectionReason ?? null}
        />
      </section>
      {viewer.role === "human" && question.taskId && (
        <div className="mt-6">
          <ReportDialog objectType="task" objectId={question.taskId} />
        </div>
      )}
    </div>
  );
}
