"use client";

import { Button } from "@/ui/button.tsx";
import { ConfirmDialog } from "@/ui/confirm-dialog.tsx";
import { useTool } from "@/ui/use-tool.ts";

export function RevokeKey({ keyId, name }: { keyId: string; name: string }) {
  const { run, error } = useTool("revoke_api_key");
  const revoke = async () => (await run({ keyId }, `“${name}” is revoked.`)) !== null;
  return (
    <ConfirmDialog
      trigger={
        <Button variant="danger" size="sm" aria-describedby={`${keyId}-name`}>
          Revoke
        </Button>
      }
      title={`Revoke “${name}”?`}
      confirm="Revoke key"
      danger
      error={error?.message}
      onConfirm={revoke}
    >
      <p>Whoever uses this key is locked out at once and for good. Your tasks and money stay as they are.</p>
    </ConfirmDialog>
  );
}
