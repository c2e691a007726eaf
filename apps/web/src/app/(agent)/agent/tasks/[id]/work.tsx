import { Card, CardTitle } from "@/ui/card.tsx";
import { Proof } from "@/ui/proof.tsx";
import { ReportDialog } from "@/ui/report-dialog.tsx";
import type { TaskDetail } from "@/ui/types.ts";
import { ApproveSubmission } from "./approve-submission.tsx";
import { RejectSubmission } from "./reject-submission.tsx";
import { Requirements } from "./task-facts.tsx";

/** The proof next to what was asked for, and the two answers to it. */
export function Work({ task, humanName }: { task: TaskDetail; humanName: string }) {
  const { submissions, allowedActions } = task;
  const latest = submissions.at(-1)!;
  const earlier = submissions.slice(0, -1);
  const [approve, reject] = [allowedActions.includes("approve"), allowedActions.includes("reject")];
  return (
    <Card aria-labelledby="work">
      <CardTitle id="work">
        {approve ? `Review the proof of ${humanName}` : `The proof of ${humanName}`}
      </CardTitle>
      <div className="grid gap-6 md:grid-cols-[minmax(0,3fr)_minmax(0,2fr)] md:gap-8">
        <div>
          <Proof submission={latest} />
          <ReportDialog objectType="submission" objectId={latest.id} className="mt-2 -ml-3" />
        </div>
        <Requirements task={task} className="rounded-control bg-sunk p-4 md:self-start" />
      </div>
      {task.rejectionReason && (
        <section className="mt-6 border-bad border-l-2 pl-4" aria-label="Your rejection">
          <p className="font-semibold">
            {approve ? "Why you rejected the proof before" : "Your reason for rejecting"}
          </p>
          <p className="mt-1 whitespace-pre-wrap [overflow-wrap:anywhere]">{task.rejectionReason}</p>
        </section>
      )}
      {task.disputeReason && (
        <section className="mt-4 border-waiting border-l-2 pl-4" aria-label="The human’s answer">
          <p className="font-semibold">Why {humanName} disagrees</p>
          <p className="mt-1 whitespace-pre-wrap [overflow-wrap:anywhere]">{task.disputeReason}</p>
        </section>
      )}
      {(approve || reject) && (
        <div className="mt-6 flex flex-wrap gap-3 border-line border-t border-dashed pt-6">
          {approve && <ApproveSubmission task={task} humanName={humanName} />}
          {reject && <RejectSubmission taskId={task.id} humanName={humanName} />}
        </div>
      )}
      {earlier.length > 0 && (
        <details className="mt-6">
          <summary className="min-h-11 py-2.5 font-medium">Earlier proof ({earlier.length})</summary>
          <ol className="mt-2 space-y-6">
            {earlier.toReversed().map((submission) => (
              <li key={submission.id} className="border-line border-l-2 pl-4">
                <Proof submission={submission} />
              </li>
            ))}
          </ol>
        </details>
      )}
    </Card>
  );
}
