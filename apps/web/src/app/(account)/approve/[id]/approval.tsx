import { cleanText, type Output } from "@humans2ai/core";
import { ApprovalOutcome } from "@/ui/approval-answer.tsx";
import { ApprovalQuestion } from "@/ui/approval-question.tsx";
import { Countdown } from "@/ui/countdown.tsx";
import { PageHeader } from "@/ui/page-header.tsx";
import { When } from "@/ui/when.tsx";
import { OwnAnswer } from "./own-answer.tsx";

/** What an agent of the account asks its owner, or their approvers, to approve. */
export function Approval({ approval: a }: { approval: Output<"check_approval"> }) {
  return (
    <div className="page max-w-3xl py-8 sm:py-12">
      <PageHeader
        title="Your agent asks for approval"
        intro={
          <>
            Asked by <b className="[overflow-wrap:anywhere]">{cleanText(a.askedBy)}</b>{" "}
            <When at={a.createdAt} />
            {a.approvers.length > 0 && `. Also asked: ${a.approvers.map((p) => p.name).join(", ")}.`}
          </>
        }
      />
      <ApprovalQuestion action={cleanText(a.action)} details={a.details && cleanText(a.details)}>
        {a.status === "pending" ? (
          <>
            <OwnAnswer approvalId={a.approvalId} choices={a.choices} />
            <p className="mt-4 text-sm text-soft">
              Time left: <Countdown to={a.expiresAt} />
            </p>
          </>
        ) : (
          <ApprovalOutcome
            status={a.status}
            by={a.decidedBy && `${a.decidedBy.name} (${a.decidedBy.email})`}
            choice={a.choice}
            comment={a.comment && cleanText(a.comment)}
            at={a.decidedAt}
          />
        )}
      </ApprovalQuestion>
    </div>
  );
}
