"use client";

import { lifecycle } from "@humans2ai/core/wire";
import { Button } from "@/ui/button.tsx";
import { ConfirmDialog } from "@/ui/confirm-dialog.tsx";
import { Money } from "@/ui/money.tsx";
import { useTool } from "@/ui/use-tool.ts";

export function CancelTask({ task }: { task: { id: string; budget: number } }) {
  const { run, error } = useTool("cancel_task");
  const cancel = async () =>
    (await run({ taskId: task.id }, "Cancelled. The budget is back in your wallet.")) !== null;
  return (
    <ConfirmDialog
      trigger={
        <Button variant="danger" className="w-full">
          {lifecycle.cancel.label}
        </Button>
      }
      title="Cancel this task?"
      confirm="Cancel and refund"
      danger
      error={error?.message}
      onConfirm={cancel}
    >
      <p>
        People can no longer apply, and <Money amount={task.budget} /> goes back to your wallet at once. This
        cannot be undone.
      </p>
    </ConfirmDialog>
  );
}
