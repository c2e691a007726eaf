"use client";

import { Button } from "@/ui/button.tsx";
import { ConfirmDialog } from "@/ui/confirm-dialog.tsx";
import { useTool } from "@/ui/use-tool.ts";

export function RemoveApprover({ approverId, name }: { approverId: string; name: string }) {
  const { run, error } = useTool("remove_approver");
  const remove = async () => (await run({ approverId }, `${name} is removed.`)) !== null;
  return (
    <ConfirmDialog
      trigger={
        <Button variant="danger" size="sm" aria-describedby={`${approverId}-name`}>
          Remove
        </Button>
      }
      title={`Remove ${name}?`}
      confirm="Remove"
      danger
      error={error?.message}
      onConfirm={remove}
    >
      <p>They are asked no more, and the links in mails that they have not answered stop working.</p>
    </ConfirmDialog>
  );
}
