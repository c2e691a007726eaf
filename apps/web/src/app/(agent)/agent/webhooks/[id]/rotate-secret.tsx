"use client";

import { Dialog } from "radix-ui";
import { Alert } from "@/ui/alert.tsx";
import { Button } from "@/ui/button.tsx";
import { SecretDialog } from "@/ui/secret-dialog.tsx";
import { useTool } from "@/ui/use-tool.ts";
import { NewSecret } from "../new-secret.tsx";

export const RotateSecret = ({ webhookId }: { webhookId: string }) => (
  <SecretDialog
    trigger={<Button variant="secondary">Rotate secret</Button>}
    title="Replace the signing secret?"
    ask={(onMade) => <Ask webhookId={webhookId} onMade={onMade} />}
    shownTitle="Your new signing secret"
    shown={(secret) => <NewSecret secret={secret} />}
  />
);

function Ask({ webhookId, onMade }: { webhookId: string; onMade: (secret: string) => void }) {
  const { run, pending, error } = useTool("rotate_webhook_secret");
  async function rotate() {
    const made = await run({ webhookId });
    if (made) onMade(made.secret);
  }
  return (
    <>
      <Dialog.Description className="mt-3 mb-5 text-soft">
        For one hour deliveries are signed with both, the old and the new one, so that your endpoint misses
        nothing while you change it. Rotating once more ends the old one at once.
      </Dialog.Description>
      <Alert>{error?.message}</Alert>
      <div className="mt-6 flex flex-wrap justify-end gap-3">
        <Dialog.Close asChild>
          <Button variant="secondary">Keep as it is</Button>
        </Dialog.Close>
        <Button pending={pending} onClick={rotate}>
          Rotate secret
        </Button>
      </div>
    </>
  );
}
