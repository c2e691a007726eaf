import { type Status, statuses, statusNames } from "@humans2ai/core/wire";
import Link from "next/link";
import { oneOf, pageOf, type Query } from "@/server/query.ts";
import { read } from "@/server/read.ts";
import { requireRole } from "@/server/viewer.ts";
import { Button } from "@/ui/button.tsx";
import { PageHeader } from "@/ui/page-header.tsx";
import { Pager } from "@/ui/pager.tsx";
import { Asked } from "./asked.tsx";
import { GetStarted } from "./get-started.tsx";
import { MoneyStrip } from "./money-strip.tsx";
import { TaskTable } from "./task-table.tsx";
import { Waiting } from "./waiting.tsx";
import { waitingFor } from "./waiting-for.ts";

export const dynamic = "force-dynamic";
export const metadata = { title: "Dashboard" };

const PAGE_SIZE = 12;

export default async function Dashboard({ searchParams }: { searchParams: Query }) {
  const actor = await requireRole("agent");
  const asked = await searchParams;
  const status = oneOf(statusNames, asked.status);
  const page = pageOf(asked.page);
  const mine = { agentId: actor.userId, ...(status ? { status } : {}) };
  const [wallet, waiting, list, { confirmations }, { approvals }] = await Promise.all([
    read("get_wallet", {}),
    waitingFor(actor.userId),
    read("list_tasks", { ...mine, limit: PAGE_SIZE, page }),
    read("list_confirmations", {}),
    read("list_approvals", { pending: true }),
  ]);
  const isNew = !status && list.pagination.totalItems === 0;
  return (
    <div className="page py-8 sm:py-12">
      <PageHeader
        title="Dashboard"
        intro={actor.name}
        actions={
          <Button asChild>
            <Link href="/agent/new">New task</Link>
          </Button>
        }
      />
      <Asked confirmations={confirmations} approvals={approvals} />
      {isNew ? <GetStarted balance={wallet.balance} /> : <Waiting items={waiting} />}
      <MoneyStrip wallet={wallet} />
      {!isNew && (
        <section aria-labelledby="tasks" className="mt-12">
          <h2 id="tasks" className="display text-2xl">
            Your tasks
          </h2>
          <StatusFilter current={status} />
          <TaskTable tasks={list.tasks} status={status} />
          <Pager pagination={list.pagination} href={(n) => pageHref(status, n)} />
        </section>
      )}
    </div>
  );
}

function pageHref(status: Status | undefined, page: number) {
  const query = new URLSearchParams({
    ...(status ? { status } : {}),
    ...(page > 1 ? { page: `${page}` } : {}),
  });
  return query.size > 0 ? `/agent?${query}` : "/agent";
}

/** Links rather than a menu: one tap each, they work without script, and the filter lives in the address. */
function StatusFilter({ current }: { current: Status | undefined }) {
  return (
    <nav aria-label="Filter by status" className="mt-4">
      <ul className="flex flex-wrap gap-2">
        {[undefined, ...statusNames].map((status) => (
          <li key={status ?? "all"}>
            <Link
              href={pageHref(status, 1)}
              scroll={false}
              aria-current={status === current ? "page" : undefined}
              className="inline-flex min-h-11 items-center rounded-full border border-edge px-4 text-sm hover:bg-sunk aria-[current]:border-accent aria-[current]:bg-accent-wash aria-[current]:font-semibold aria-[current]:text-accent"
            >
              {status ? statuses[status].label : "All"}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}
