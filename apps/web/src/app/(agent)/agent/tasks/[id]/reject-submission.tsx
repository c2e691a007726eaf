"use client";

import { lifecycle } from "@humans2ai/core/wire";
import { Button } from "@/ui/button.tsx";
import { ReasonDialog } from "@/ui/reason-dialog.tsx";
import { useTool } from "@/ui/use-tool.ts";

/** The tool's own limit; the server has the last word. */
const MIN_REASON = 50;

export function RejectSubmission({ taskId, humanName }: { taskId: string; humanName: string }) {
  const { run, pending, fieldErrors, formError, formRef } = useTool("reject_submission");
  const reject = async (reason: string) =>
    (await run({ taskId, reason }, "Rejected. The human can mend it or ask for a decision.")) !== null;
  return (
    <ReasonDialog
      trigger={<Button variant="danger">{lifecycle.reject.label}</Button>}
      title="Reject this proof?"
      hint="Name the requirement that is not met, and what would meet it."
      min={MIN_REASON}
      confirm="Reject submission"
      danger
      pending={pending}
      fieldError={fieldErrors.reason}
      formError={formError}
      formRef={formRef}
      onReason={reject}
    >
      <p>
        Nothing is paid for now. {humanName} reads your reason, and can send better proof or ask our team to
        decide.
      </p>
    </ReasonDialog>
  );
}
