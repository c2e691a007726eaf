import Link from "next/link";
import { read } from "@/server/read.ts";
import { requireRole } from "@/server/viewer.ts";
import { PageHeader } from "@/ui/page-header.tsx";
import { plain } from "@/ui/words.ts";
import { Books } from "./_parts/books.tsx";
import { JobList } from "./_parts/job-list.tsx";

export const metadata = { title: "Admin" };

export default async function Overview() {
  await requireRole("admin");
  const health = await read("get_health", {});
  const { listings, disputes, reports } = health.waiting;
  const waiting = [
    { href: "/admin/risk", label: "Listings to review", count: listings },
    { href: "/admin/disputes", label: "Disputes to decide", count: disputes },
    { href: "/admin/reports", label: "Reports to look at", count: reports },
    { href: "/admin/users?suspended=true", label: "Suspended accounts", count: health.suspended },
  ];
  const troubled = health.jobs.filter((job) => job.state !== "ok");
  const late = health.queues.filter((queue) => queue.late).map((queue) => plain(queue.name));
  return (
    <div className="page py-8 sm:py-12">
      <PageHeader title="Admin" intro="What only a person may decide, and whether the platform is well." />
      <Books invariants={health.invariants} />
      <ul className="mt-8 grid gap-4 sm:grid-cols-2 lg:grid-cols-4">
        {waiting.map(({ href, label, count }) => (
          <li
            key={href}
            className="relative rounded-card border border-line bg-sheet p-5 shadow-sheet hover:border-edge"
          >
            <Link href={href} className="after:absolute after:inset-0">
              <span
                className={`display block text-4xl tabular-nums ${count > 0 ? "text-accent" : "text-soft"}`}
              >
                {count}
              </span>{" "}
              {label}
            </Link>
          </li>
        ))}
      </ul>
      {late.length > 0 && (
        <p className="mt-8 rounded-card bg-bad-wash px-5 py-4 text-bad">
          Nobody has taken what is due for over 10 minutes: {late.join(", ")}.{" "}
          <Link href="/admin/health#queues" className="underline">
            See the queues
          </Link>
        </p>
      )}
      {troubled.length > 0 && (
        <section aria-labelledby="troubled" className="mt-12">
          <h2 id="troubled" className="display mb-4 text-2xl">
            Jobs in trouble
          </h2>
          <JobList jobs={troubled} />
        </section>
      )}
    </div>
  );
}
