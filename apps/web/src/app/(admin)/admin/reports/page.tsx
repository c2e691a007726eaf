import { REPORT_CATEGORIES } from "@humans2ai/core/wire";
import { Flag } from "lucide-react";
import { oneOf, pageOf, type Query, textOf } from "@/server/query.ts";
import { read } from "@/server/read.ts";
import { requireRole } from "@/server/viewer.ts";
import { Empty } from "@/ui/empty.tsx";
import { PageHeader } from "@/ui/page-header.tsx";
import { Pager } from "@/ui/pager.tsx";
import { plain } from "@/ui/words.ts";
import { Pills } from "../_parts/pills.tsx";
import { UserLink } from "../_parts/user-link.tsx";
import { Report } from "./report.tsx";

export const metadata = { title: "Reports" };

const PAGE_SIZE = 10;
const STATUSES = ["open", "closed"] as const;

interface Filters {
  status: (typeof STATUSES)[number] | undefined;
  category: (typeof REPORT_CATEGORIES)[number] | undefined;
  subject: string | undefined;
}

function addressOf(filters: Filters, page = 1): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(filters)) if (value) query.set(name, value);
  if (page > 1) query.set("page", `${page}`);
  return query.size ? `/admin/reports?${query}` : "/admin/reports";
}

export default async function Reports({ searchParams }: { searchParams: Query }) {
  await requireRole("admin");
  const query = await searchParams;
  const filters: Filters = {
    status: oneOf(STATUSES, query.status),
    category: oneOf(REPORT_CATEGORIES, query.category),
    subject: textOf(query.subject, 64),
  };
  const { status = "open", category, subject } = filters;
  const { reports, pagination } = await read("list_reports", {
    status,
    ...(category ? { category } : {}),
    ...(subject ? { subjectId: subject } : {}),
    limit: PAGE_SIZE,
    page: pageOf(query.page),
  });
  const standings = STATUSES.map((word) => ({
    href: addressOf({ ...filters, status: word }),
    label: plain(word),
    current: word === status,
  }));
  const kinds = [undefined, ...REPORT_CATEGORIES].map((word) => ({
    href: addressOf({ ...filters, category: word }),
    label: word ? plain(word) : "All",
    current: word === category,
  }));
  return (
    <div className="page py-8 sm:py-12">
      <PageHeader
        title="Reports"
        intro={
          subject ? <Against id={subject} /> : "What users say breaks the rules. They are mailed your note."
        }
      />
      <Pills label="Standing" pills={standings} />
      <Pills label="Category" pills={kinds} />
      {reports.length === 0 ? (
        <Empty icon={Flag} title={status === "open" ? "No report waits" : "No report was closed"}>
          Everybody signed in can report a task, a message, a proof or a user. Reports appear here.
        </Empty>
      ) : (
        <div className="grid gap-6">
          <h2 className="sr-only">{plain(status)} reports</h2>
          {reports.map((report) => (
            <Report key={report.id} report={report} />
          ))}
        </div>
      )}
      <Pager pagination={pagination} href={(page) => addressOf(filters, page)} />
    </div>
  );
}

function Against({ id }: { id: string }) {
  return (
    <p>
      Only those against <UserLink id={id} name={id} />.
    </p>
  );
}
