import type { Output } from "@humans2ai/core";
import Link from "next/link";
import type { ReactNode } from "react";
import { readOr404 } from "@/server/read.ts";
import { requireRole } from "@/server/viewer.ts";
import { Money } from "@/ui/money.tsx";
import { PageHeader } from "@/ui/page-header.tsx";
import { Badge, StatusBadge } from "@/ui/status-badge.tsx";
import { When } from "@/ui/when.tsx";
import { plain } from "@/ui/words.ts";
import { Facts } from "../../_parts/facts.tsx";
import { Section } from "../../_parts/section.tsx";
import { UserLink } from "../../_parts/user-link.tsx";
import { StandingButton } from "./standing-button.tsx";

export const metadata = { title: "User" };

type User = Output<"get_user">;

export default async function UserPage({ params }: { params: Promise<{ id: string }> }) {
  const me = await requireRole("admin");
  const user = await readOr404("get_user", { userId: (await params).id });
  const { id, displayName: name, role } = user;
  const suspended = user.suspendedAt !== null;
  return (
    <div className="page py-8 sm:py-12">
      <PageHeader
        title={name}
        intro={
          <p className="flex flex-wrap items-center gap-x-4 gap-y-2 text-base">
            {suspended ? <Badge tone="bad" label="Suspended" /> : <Badge tone="good" label="Active" />}
            <span>{plain(role)}</span>
            <span className="[overflow-wrap:anywhere]">{user.email}</span>
            <span className="font-mono text-sm [overflow-wrap:anywhere]">{id}</span>
          </p>
        }
        actions={
          id !== me.userId && <StandingButton userId={id} name={name} role={role} suspended={suspended} />
        }
      />
      <Facts facts={factsOf(user)} />
      <Section id="running" title="Running tasks">
        <RunningTasks user={user} />
      </Section>
      <Section id="history" title="Suspensions">
        <History history={user.history} />
      </Section>
    </div>
  );
}

function factsOf({ id, money, reports, apiKeys, ...user }: User): [string, ReactNode][] {
  const amounts: [string, ReactNode][] = money
    ? [
        ["Balance", <Money key="balance" amount={money.balance} />],
        ["In escrow", <Money key="held" amount={money.held} />],
        ["Earned", <Money key="earned" amount={money.earned} />],
        ["Spent", <Money key="spent" amount={money.spent} />],
      ]
    : [];
  return [
    ["Joined", <When key="joined" at={user.createdAt} />],
    ["Address confirmed", user.emailVerified ? "yes" : "no"],
    ["Last seen", user.lastSeenAt ? <When key="seen" at={user.lastSeenAt} /> : "never"],
    ...amounts,
    ["Tasks", `${user.tasks.running} running of ${user.tasks.total}`],
    [
      "Reports against",
      <Link key="reports" href={`/admin/reports?subject=${id}`} className="underline underline-offset-4">
        {reports.open} open, {reports.acted} acted upon, of {reports.total}
      </Link>,
    ],
    ["API keys", `${apiKeys.live} live of ${apiKeys.total}`],
    ["Sessions", user.sessions],
  ];
}

function RunningTasks({ user: { runningTasks, tasks } }: { user: User }) {
  if (runningTasks.length === 0) return <p className="text-soft">None.</p>;
  return (
    <>
      <ul className="divide-y divide-line rounded-card border border-line bg-sheet shadow-sheet">
        {runningTasks.map((task) => (
          <li key={task.id} className="flex flex-wrap items-center gap-x-4 gap-y-1 px-5 py-3">
            <Link
              href={`/tasks/${task.id}`}
              className="min-w-0 flex-1 basis-64 font-medium underline-offset-4 [overflow-wrap:anywhere] hover:underline"
            >
              {task.title}
            </Link>
            <StatusBadge status={task.status} />
            <Money amount={task.budget} />
          </li>
        ))}
      </ul>
      {tasks.running > runningTasks.length && (
        <p className="mt-3 text-sm text-soft">The {runningTasks.length} last changed are shown.</p>
      )}
    </>
  );
}

function History({ history }: { history: User["history"] }) {
  if (history.length === 0) return <p className="text-soft">This account was never suspended.</p>;
  return (
    <ol className="space-y-4">
      {history.map((entry) => (
        <li key={entry.id} className="border-line border-l-2 pl-4">
          <p className="text-sm text-soft">
            <span className="font-semibold text-ink">
              {entry.action === "suspend" ? "Suspended" : "Restored"}
            </span>{" "}
            <When at={entry.at} /> by <UserLink id={entry.adminId} name={entry.adminName} />
          </p>
          <p className="mt-1 whitespace-pre-wrap [overflow-wrap:anywhere]">{entry.reason}</p>
        </li>
      ))}
    </ol>
  );
}
