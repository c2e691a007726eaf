import type { Output } from "@humans2ai/core";
import Link from "next/link";
import { Badge } from "@/ui/status-badge.tsx";
import { When } from "@/ui/when.tsx";
import { plain } from "@/ui/words.ts";
import { UserLink } from "../_parts/user-link.tsx";
import { CloseButtons } from "./close-buttons.tsx";

type Item = Output<"list_reports">["reports"][number];
type Person = Item["subject"];

const standings = {
  open: { tone: "waiting", label: "Open" },
  dismissed: { tone: "closed", label: "Dismissed" },
  acted: { tone: "good", label: "Acted upon" },
} as const;

const did: Record<Item["objectType"], string> = {
  task: "posted",
  message: "wrote",
  submission: "handed in",
  user: "is called",
};

/** One report: what was reported as it was written, what the reporter says, and what was decided. */
export function Report({ report }: { report: Item }) {
  const { subject, reporter, taskId } = report;
  return (
    <article
      aria-labelledby={report.id}
      className="rounded-card border border-line bg-sheet p-5 shadow-sheet sm:p-6"
    >
      <header className="flex flex-wrap items-center gap-x-4 gap-y-2">
        <h3 id={report.id} className="display text-xl">
          {plain(report.objectType)}: {plain(report.category)}
        </h3>
        <Badge {...standings[report.status]} />
        <p className="text-sm text-soft">
          reported <When at={report.createdAt} />
        </p>
      </header>
      <div className="mt-5 grid gap-4 md:grid-cols-2">
        <Words who={subject} said={did[report.objectType]}>
          {report.excerpt}
        </Words>
        <Words who={reporter} said="says">
          {report.reason}
        </Words>
      </div>
      {taskId && (
        <Link
          href={`/tasks/${taskId}`}
          className="mt-3 inline-flex min-h-11 items-center underline underline-offset-4"
        >
          See the task
        </Link>
      )}
      {report.status === "open" ? (
        <CloseButtons reportId={report.id} />
      ) : (
        <div className="mt-4 border-line border-l-2 pl-4">
          <p className="text-sm text-soft">
            Closed by {report.resolvedBy}
            {report.resolvedAt && (
              <>
                {" "}
                <When at={report.resolvedAt} />
              </>
            )}
          </p>
          <p className="mt-1 whitespace-pre-wrap [overflow-wrap:anywhere]">{report.note}</p>
        </div>
      )}
    </article>
  );
}

function Words({ who, said, children }: { who: Person; said: string; children: string | null }) {
  return (
    <div className="rounded-control bg-sunk p-4">
      <h4 className="flex flex-wrap items-center gap-x-2 font-semibold">
        <UserLink id={who.id} name={who.name} />
        <span className="font-normal text-soft">
          ({plain(who.role)}
          {who.suspended && ", suspended"}) {said}
        </span>
      </h4>
      <blockquote className="mt-2 max-h-72 overflow-y-auto whitespace-pre-wrap [overflow-wrap:anywhere]">
        {children}
      </blockquote>
    </div>
  );
}
