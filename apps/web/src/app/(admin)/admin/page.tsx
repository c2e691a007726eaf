import type { Action } from "@humans2ai/core/wire";
import { statusesFor } from "@humans2ai/core/wire";
import { Inbox, Scale } from "lucide-react";
import type { ReactNode } from "react";
import { one, pageOf, type Query } from "@/server/query.ts";
import { read } from "@/server/read.ts";
import { requireRole } from "@/server/viewer.ts";
import { Empty } from "@/ui/empty.tsx";
import { PageHeader } from "@/ui/page-header.tsx";
import { Pager } from "@/ui/pager.tsx";
import { Dispute } from "./_parts/dispute.tsx";
import { Listing } from "./_parts/listing.tsx";
import { MoneyHealth } from "./_parts/money-health.tsx";

export const dynamic = "force-dynamic";
export const metadata = { title: "Review queue" };

const PAGE_SIZE = 5;

/** The tasks that wait for an action of the lifecycle. */
const waitingFor = (action: Action, page: number) =>
  read("list_tasks", { status: statusesFor(action)[0], limit: PAGE_SIZE, page });

export default async function ReviewQueue({ searchParams }: { searchParams: Query }) {
  await requireRole("admin");
  const query = await searchParams;
  const [listings, disputes] = await Promise.all([
    waitingFor("approve_listing", pageOf(query.listings)),
    waitingFor("uphold", pageOf(query.disputes)),
  ]);
  const href = (changed: Record<string, number>) => {
    const kept = { listings: one(query.listings) ?? "1", disputes: one(query.disputes) ?? "1" };
    return `/admin?${new URLSearchParams({ ...kept, ...toText(changed) })}`;
  };
  return (
    <div className="page py-8 sm:py-12">
      <PageHeader title="Review queue" intro="What only a person may decide. Both sides read your reasons." />
      <MoneyHealth />
      <Queue id="listings" title="Listings to review" count={listings.pagination.totalItems}>
        {listings.tasks.length === 0 ? (
          <Empty icon={Inbox} title="No listing waits">
            Tasks above the budget limit, and those that the risk check is unsure of, come here first.
          </Empty>
        ) : (
          listings.tasks.map((task) => <Listing key={task.id} taskId={task.id} />)
        )}
        <Pager pagination={listings.pagination} href={(page) => href({ listings: page })} />
      </Queue>
      <Queue id="disputes" title="Disputes" count={disputes.pagination.totalItems}>
        {disputes.tasks.length === 0 ? (
          <Empty icon={Scale} title="No dispute is open">
            When a human says that a rejection was wrong, both sides’ words and the proof appear here.
          </Empty>
        ) : (
          disputes.tasks.map((task) => <Dispute key={task.id} taskId={task.id} />)
        )}
        <Pager pagination={disputes.pagination} href={(page) => href({ disputes: page })} />
      </Queue>
    </div>
  );
}

const toText = (numbers: Record<string, number>) =>
  Object.fromEntries(Object.entries(numbers).map(([name, n]) => [name, String(n)]));

interface QueueProps {
  id: string;
  title: string;
  count: number;
  children: ReactNode;
}

function Queue({ id, title, count, children }: QueueProps) {
  return (
    <section aria-labelledby={id} className="mt-12">
      <h2 id={id} className="display mb-5 text-2xl">
        {title} <span className="text-soft tabular-nums">{count}</span>
      </h2>
      <div className="grid gap-6">{children}</div>
    </section>
  );
}
