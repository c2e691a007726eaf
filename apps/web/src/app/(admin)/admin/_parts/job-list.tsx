import type { Output } from "@humans2ai/core";
import { Badge } from "@/ui/status-badge.tsx";
import { When } from "@/ui/when.tsx";

type Job = Output<"get_health">["jobs"][number];

const states = {
  ok: { tone: "good", label: "Runs" },
  failed: { tone: "bad", label: "Failed" },
  overdue: { tone: "bad", label: "Overdue" },
} as const;

const duration = (ms: number) => (ms < 1000 ? `${ms} ms` : `${Math.round(ms / 100) / 10} s`);

export function JobList({ jobs }: { jobs: Job[] }) {
  return (
    <ul className="divide-y divide-line rounded-card border border-line bg-sheet shadow-sheet">
      {jobs.map((job) => (
        <li key={job.name} className="px-5 py-4">
          <div className="flex flex-wrap items-center gap-x-4 gap-y-1">
            <h3 className="font-mono font-semibold">{job.name}</h3>
            <Badge {...states[job.state]} />
            <p className="text-sm text-soft tabular-nums">
              every {duration(job.everyMs)}, took {duration(job.tookMs)}, last well{" "}
              {job.okAt ? <When at={job.okAt} /> : "never"}
            </p>
          </div>
          {job.note && <p className="mt-1 text-sm [overflow-wrap:anywhere]">{job.note}</p>}
          {job.failedAt && (
            <p
              className={`mt-1 text-sm [overflow-wrap:anywhere] ${job.state === "ok" ? "text-soft" : "text-bad"}`}
            >
              Failed <When at={job.failedAt} />: {job.failure}
            </p>
          )}
        </li>
      ))}
    </ul>
  );
}
