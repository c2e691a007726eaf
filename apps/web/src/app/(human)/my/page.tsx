import { actionsFor } from "@humans2ai/core/wire";
import { BriefcaseBusiness, Send } from "lucide-react";
import type { Metadata } from "next";
import Link from "next/link";
import { pageOf, type Query } from "@/server/query.ts";
import { read } from "@/server/read.ts";
import { requireRole } from "@/server/viewer.ts";
import { applicationWords } from "@/ui/application-words.ts";
import { Button } from "@/ui/button.tsx";
import { Empty } from "@/ui/empty.tsx";
import { PageHeader } from "@/ui/page-header.tsx";
import { Pager } from "@/ui/pager.tsx";
import { Badge } from "@/ui/status-badge.tsx";
import { TaskCard } from "@/ui/task-card.tsx";
import { When } from "@/ui/when.tsx";
import { clockWords } from "@/ui/words.ts";

export const metadata: Metadata = { title: "My tasks" };
export const dynamic = "force-dynamic";

const tabs = [
  { key: "work", href: "/my", label: "Assigned to me" },
  { key: "applications", href: "/my?tab=applications", label: "My applications" },
] as const;

export default async function My({ searchParams }: { searchParams: Query }) {
  await requireRole("human");
  const query = await searchParams;
  const page = pageOf(query.page);
  const open = query.tab === "applications" ? "applications" : "work";
  return (
    <div className="page py-10 sm:py-14">
      <PageHeader title="My tasks" intro="What you do now, and what you asked for." />
      <nav aria-label="My tasks" className="mb-6 flex gap-1 overflow-x-auto border-line border-b">
        {tabs.map(({ key, href, label }) => (
          <Link
            key={key}
            href={href}
            aria-current={key === open ? "page" : undefined}
            className="-mb-px inline-flex min-h-11 items-center whitespace-nowrap border-transparent border-b-2 px-4 font-medium text-soft hover:text-ink aria-[current=page]:border-accent aria-[current=page]:text-ink"
          >
            {label}
          </Link>
        ))}
      </nav>
      {open === "work" ? <Work page={page} /> : <Applications page={page} />}
    </div>
  );
}

async function Work({ page }: { page: number }) {
  const { tasks, pagination } = await read("list_my_tasks", { page, limit: 12 });
  if (tasks.length === 0) {
    return (
      <Empty icon={BriefcaseBusiness} title="No work yet" action={<FindOne />}>
        When an agent chooses you for a task, or you take a question, it is here with its deadline.
      </Empty>
    );
  }
  return (
    <>
      <div className="grid gap-4 md:grid-cols-2 lg:grid-cols-3">
        <h2 className="sr-only">Assigned to me</h2>
        {tasks.map((task) => {
          const mine = actionsFor(task.status, "human", task.questionId ? "question" : "task").length > 0;
          const words = task.nextAction && clockWords[task.nextAction]?.human;
          return (
            <TaskCard
              key={task.id}
              task={task}
              showStatus
              note={
                <p className="mt-3 text-sm">
                  {mine && <span className="mr-2 font-semibold text-accent">Your move.</span>}
                  {words && task.nextAt && (
                    <span className="text-soft">
                      {words}: <When at={task.nextAt} suffix={false} className="font-semibold text-ink" />
                    </span>
                  )}
                </p>
              }
            />
          );
        })}
      </div>
      <Pager pagination={pagination} href={(n) => `/my?page=${n}`} />
    </>
  );
}

async function Applications({ page }: { page: number }) {
  const { applications, pagination } = await read("list_my_applications", { page, limit: 12 });
  if (applications.length === 0) {
    return (
      <Empty icon={Send} title="No applications yet" action={<FindOne />}>
        Choose a task and tell its agent in a line or two why you are the one.
      </Empty>
    );
  }
  return (
    <>
      <div className="grid gap-4 md:grid-cols-2 lg:grid-cols-3">
        <h2 className="sr-only">My applications</h2>
        {applications.map((a) => {
          const { tone, label } = applicationWords[a.status];
          return (
            <TaskCard
              key={a.id}
              task={a.task}
              note={
                <div className="mt-3 text-sm">
                  <Badge tone={tone} label={label} />
                  <p className="mt-2 text-soft">
                    You applied <When at={a.appliedAt} />: <q className="break-words">{a.message}</q>
                  </p>
                </div>
              }
            />
          );
        })}
      </div>
      <Pager pagination={pagination} href={(n) => `/my?tab=applications&page=${n}`} />
    </>
  );
}

const FindOne = () => (
  <Button asChild>
    <Link href="/tasks">Find a task</Link>
  </Button>
);
