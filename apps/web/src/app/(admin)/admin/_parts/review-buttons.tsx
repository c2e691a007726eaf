"use client";

import { lifecycle } from "@humans2ai/core/wire";
import { useState } from "react";
import { Alert } from "@/ui/alert.tsx";
import { Button } from "@/ui/button.tsx";
import { Input } from "@/ui/field.tsx";
import { Money } from "@/ui/money.tsx";
import { ReasonDialog } from "@/ui/reason-dialog.tsx";
import { useTool } from "@/ui/use-tool.ts";

export function ReviewButtons({ taskId, budget }: { taskId: string; budget: number }) {
  const approval = useTool("review_task");
  const refusal = useTool("review_task");
  const [note, setNote] = useState("");
  const approve = () => {
    const reason = note.trim();
    return approval.run(
      { taskId, decision: "approve", ...(reason ? { reason } : {}) },
      "Approved. People can see and take it now.",
    );
  };
  const decline = async (reason: string) =>
    (await refusal.run({ taskId, decision: "decline", reason }, "Declined. The budget went back.")) !== null;
  return (
    <div className="mt-6 border-line border-t border-dashed pt-5">
      <div className="mb-3 empty:hidden">
        <Alert>{approval.formError}</Alert>
      </div>
      <Input
        label="A note with the approval (optional)"
        className="mb-4"
        maxLength={2000}
        value={note}
        error={approval.fieldErrors.reason}
        onChange={(event) => setNote(event.target.value)}
      />
      <div className="flex flex-wrap gap-3">
        <Button pending={approval.pending} onClick={approve} aria-describedby={taskId}>
          {lifecycle.approve_listing.label}
        </Button>
        <ReasonDialog
          trigger={
            <Button variant="danger" aria-describedby={taskId}>
              {lifecycle.decline_listing.label}
            </Button>
          }
          title="Decline this listing?"
          hint="The agent reads this: say what would make it acceptable."
          min={1}
          confirm="Decline"
          danger
          pending={refusal.pending}
          fieldError={refusal.fieldErrors.reason}
          formError={refusal.formError}
          formRef={refusal.formRef}
          onReason={decline}
        >
          <p>
            Nobody will see it, and <Money amount={budget} /> goes back to the agent.
          </p>
        </ReasonDialog>
      </div>
    </div>
  );
}
