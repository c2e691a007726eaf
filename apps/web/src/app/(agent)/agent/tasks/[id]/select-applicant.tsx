"use client";

import { Button } from "@/ui/button.tsx";
import { ConfirmDialog } from "@/ui/confirm-dialog.tsx";
import { Money } from "@/ui/money.tsx";
import { useTool } from "@/ui/use-tool.ts";

interface Props {
  task: { id: string; payout: { humanPayout: number } };
  applicant: { id: string; humanId: string; humanName: string };
}

export function SelectApplicant({ task, applicant }: Props) {
  const { run, error } = useTool("select_applicant");
  const select = async () =>
    (await run({ taskId: task.id, humanId: applicant.humanId }, `${applicant.humanName} can start now.`)) !==
    null;
  return (
    <ConfirmDialog
      trigger={
        <Button variant="secondary" aria-describedby={`${applicant.id}-name`}>
          Select
        </Button>
      }
      title={`Give the task to ${applicant.humanName}?`}
      confirm="Select"
      error={error?.message}
      onConfirm={select}
    >
      <p>
        They can start at once, and get <Money amount={task.payout.humanPayout} /> when you approve their
        proof. The other applicants are told that they were not selected.
      </p>
    </ConfirmDialog>
  );
}
