import { History } from "lucide-react";
import Link from "next/link";
import { one, type Query } from "@/server/query.ts";
import { readOr404 } from "@/server/read.ts";
import { requireRole } from "@/server/viewer.ts";
import { AuditList, actorWord } from "@/ui/audit-list.tsx";
import { Empty } from "@/ui/empty.tsx";
import { Older } from "@/ui/older.tsx";
import { PageHeader } from "@/ui/page-header.tsx";
import { plain } from "@/ui/words.ts";

export const dynamic = "force-dynamic";
export const metadata = { title: "Account activity" };

export default async function AccountActivity({ searchParams }: { searchParams: Query }) {
  const viewer = await requireRole("agent");
  const query = await searchParams;
  const [taskId, cursor] = [one(query.taskId), one(query.cursor)];
  const filters = taskId ? { taskId } : {};
  const page = await readOr404("list_my_audit", { ...filters, ...(cursor ? { cursor } : {}) });
  return (
    <div className="page py-8 sm:py-12">
      <PageHeader
        title={taskId ? "Activity of a task" : "Account activity"}
        intro={
          taskId ? (
            <>
              Everything that was done to{" "}
              <Link
                href={`/agent/tasks/${encodeURIComponent(taskId)}`}
                className="underline underline-offset-4"
              >
                this task
              </Link>
              , by whom and through which door.
            </>
          ) : (
            "Every write, sign-in and key action of this account. If one of them was not you, revoke its key."
          )
        }
      />
      {page.entries.length === 0 ? (
        <Empty icon={History} title="Nothing yet">
          What this account does is kept here.
        </Empty>
      ) : (
        <AuditList
          entries={page.entries}
          who={(entry) =>
            entry.actorId === viewer.userId ? "You, or an agent of yours" : plain(actorWord(entry))
          }
        />
      )}
      <Older path="/agent/audit" filters={filters} page={page} isFirst={!cursor} />
    </div>
  );
}
