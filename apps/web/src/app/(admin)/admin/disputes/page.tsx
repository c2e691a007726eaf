import { statusesFor } from "@humans2ai/core/wire";
import { Scale } from "lucide-react";
import { pageOf, type Query } from "@/server/query.ts";
import { read } from "@/server/read.ts";
import { requireRole } from "@/server/viewer.ts";
import { Empty } from "@/ui/empty.tsx";
import { PageHeader } from "@/ui/page-header.tsx";
import { Pager } from "@/ui/pager.tsx";
import { Dispute } from "../_parts/dispute.tsx";

export const metadata = { title: "Disputes" };

const PAGE_SIZE = 5;

export default async function Disputes({ searchParams }: { searchParams: Query }) {
  await requireRole("admin");
  const page = pageOf((await searchParams).page);
  const [status] = statusesFor("uphold");
  const { tasks, pagination } = await read("list_tasks", { status, limit: PAGE_SIZE, page });
  return (
    <div className="page py-8 sm:py-12">
      <PageHeader
        title="Disputes"
        intro="A human says that a rejection was wrong. Both sides read your reason."
      />
      {tasks.length === 0 ? (
        <Empty icon={Scale} title="No dispute is open">
          When a human says that a rejection was wrong, both sides’ words and the proof appear here.
        </Empty>
      ) : (
        <div className="grid gap-6">
          <h2 className="sr-only">Open disputes</h2>
          {tasks.map((task) => (
            <Dispute key={task.id} taskId={task.id} />
          ))}
        </div>
      )}
      <Pager pagination={pagination} href={(n) => `/admin/disputes?page=${n}`} />
    </div>
  );
}
