import type { Output } from "@humans2ai/core";
import { UserRoundSearch } from "lucide-react";
import { Card, CardTitle } from "@/ui/card.tsx";
import { Empty } from "@/ui/empty.tsx";
import { ReportDialog } from "@/ui/report-dialog.tsx";
import type { TaskDetail } from "@/ui/types.ts";
import { When } from "@/ui/when.tsx";
import { SelectApplicant } from "./select-applicant.tsx";

export type Applicant = Output<"list_applicants">["applications"][number];

/** How an application that can no longer be chosen ended. */
const endings: Record<Applicant["status"], string | null> = {
  pending: null,
  accepted: "Selected",
  rejected: "Not selected",
  withdrawn: "Withdrawn",
};

interface Props {
  task: TaskDetail;
  applications: Applicant[];
}

export function Applicants({ task, applications }: Props) {
  const choosing = task.allowedActions.includes("select");
  const pending = applications.filter((application) => application.status === "pending").length;
  return (
    <Card aria-labelledby="applicants">
      <div className="flex flex-wrap items-baseline justify-between gap-x-4">
        <CardTitle id="applicants">Applicants</CardTitle>
        <p className="text-sm text-soft tabular-nums">
          {pending} waiting, of at most {task.maxApplications}
        </p>
      </div>
      {applications.length === 0 ? (
        <Empty icon={UserRoundSearch} title="Nobody has applied yet">
          {choosing
            ? "People see your task now. Applications appear here, with their notes."
            : "No applications came in."}
        </Empty>
      ) : (
        <ul className="divide-y divide-line">
          {applications.map((application) => (
            <li key={application.id} className="py-5 last:pb-0">
              <div className="flex flex-wrap items-start justify-between gap-x-6 gap-y-3">
                <div className="min-w-0 flex-1 basis-72">
                  <h3 id={`${application.id}-name`} className="font-semibold [overflow-wrap:anywhere]">
                    {application.humanName}
                  </h3>
                  <p className="text-sm text-soft">
                    applied <When at={application.appliedAt} />
                  </p>
                  <p className="mt-2 whitespace-pre-wrap [overflow-wrap:anywhere]">{application.message}</p>
                  <ReportDialog objectType="user" objectId={application.humanId} className="mt-1 -ml-3" />
                </div>
                {endings[application.status] ? (
                  <p className="text-sm text-soft">{endings[application.status]}</p>
                ) : (
                  choosing && <SelectApplicant task={task} applicant={application} />
                )}
              </div>
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
}
