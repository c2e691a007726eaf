import type { Output } from "@humans2ai/core";
import { TimerOff } from "lucide-react";
import { read } from "@/server/read.ts";
import { requireRole } from "@/server/viewer.ts";
import { Empty } from "@/ui/empty.tsx";
import { Money } from "@/ui/money.tsx";
import { PageHeader } from "@/ui/page-header.tsx";
import { When } from "@/ui/when.tsx";
import { plain } from "@/ui/words.ts";
import { Books } from "../_parts/books.tsx";
import { Facts } from "../_parts/facts.tsx";
import { JobList } from "../_parts/job-list.tsx";
import { Section } from "../_parts/section.tsx";

export const metadata = { title: "Health" };

type Queue = Output<"get_health">["queues"][number];

export default async function HealthPage() {
  await requireRole("admin");
  const { invariants, jobs, queues, money } = await read("get_health", {});
  return (
    <div className="page py-8 sm:py-12">
      <PageHeader title="Health" intro="The books, the jobs and the queues, as they last were." />
      <Books invariants={invariants} />
      <Section id="invariants" title="Invariants">
        <Facts facts={invariants.views.map(({ name, rows }) => [plain(name), rows === 0 ? "holds" : rows])} />
        {invariants.views.length === 0 && <p className="text-soft">Not checked yet.</p>}
      </Section>
      <Section id="jobs" title="Jobs">
        {jobs.length === 0 ? (
          <Empty icon={TimerOff} title="No job has run yet">
            Jobs run in the server’s process and report here when their first run ends.
          </Empty>
        ) : (
          <JobList jobs={jobs} />
        )}
      </Section>
      <Section id="queues" title="Queues">
        <Facts facts={queues.map((queue) => [plain(queue.name), <Depth key={queue.name} queue={queue} />])} />
      </Section>
      <Section id="totals" title="Money">
        <Facts
          facts={money.totals.map(({ name, amount }) => [plain(name), <Money key={name} amount={amount} />])}
        />
        <p className="mt-3 text-sm text-soft">
          {money.countedAt ? (
            <>
              Added up <When at={money.countedAt} />.
            </>
          ) : (
            "Not added up yet."
          )}
        </p>
      </Section>
    </div>
  );
}

function Depth({ queue: { waiting, oldestAt, late } }: { queue: Queue }) {
  if (!oldestAt) return "nothing due";
  return (
    <>
      {waiting} due, the oldest <When at={oldestAt} />
      {late && <span className="text-bad">: nobody has taken it for over 10 minutes</span>}
    </>
  );
}
