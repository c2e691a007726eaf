import { Inbox } from "lucide-react";
import { pageOf, type Query, textOf } from "@/server/query.ts";
import { read } from "@/server/read.ts";
import { requireRole } from "@/server/viewer.ts";
import { Empty } from "@/ui/empty.tsx";
import { PageHeader } from "@/ui/page-header.tsx";
import { Pager } from "@/ui/pager.tsx";
import { plain } from "@/ui/words.ts";
import { Listing } from "../_parts/listing.tsx";
import { Pills } from "../_parts/pills.tsx";

export const metadata = { title: "Review queue" };

const PAGE_SIZE = 5;

const addressOf = (reason: string | undefined, page = 1) => {
  const query = new URLSearchParams({
    ...(reason ? { reason } : {}),
    ...(page > 1 ? { page: `${page}` } : {}),
  });
  return query.size ? `/admin/risk?${query}` : "/admin/risk";
};

export default async function RiskQueue({ searchParams }: { searchParams: Query }) {
  await requireRole("admin");
  const query = await searchParams;
  const reason = textOf(query.reason, 200);
  const { tasks, reasons, pagination } = await read("list_reviews", {
    ...(reason ? { reason } : {}),
    limit: PAGE_SIZE,
    page: pageOf(query.page),
  });
  const pills = [
    { href: addressOf(undefined), label: "All", current: !reason },
    ...reasons.map((group) => ({
      href: addressOf(group.reason),
      label: `${plain(group.reason)} (${group.count})`,
      current: group.reason === reason,
    })),
  ];
  return (
    <div className="page py-8 sm:py-12">
      <PageHeader
        title="Review queue"
        intro="Listings that wait to be seen by people, the longest waiting first. Their agents read your reasons."
      />
      {reasons.length > 1 && <Pills label="Reason" pills={pills} />}
      {tasks.length === 0 ? (
        <Empty icon={Inbox} title="No listing waits">
          Tasks above the budget limit, and those that the risk check is unsure of, come here first.
        </Empty>
      ) : (
        <div className="grid gap-6">
          <h2 className="sr-only">Listings</h2>
          {tasks.map((task) => (
            <Listing key={task.id} task={task} />
          ))}
        </div>
      )}
      <Pager pagination={pagination} href={(page) => addressOf(reason, page)} />
    </div>
  );
}
