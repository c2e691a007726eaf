"use client";

import { useRouter } from "next/navigation";
import { Button } from "@/ui/button.tsx";
import { ConfirmDialog } from "@/ui/confirm-dialog.tsx";
import { useTool } from "@/ui/use-tool.ts";
import { RotateSecret } from "./rotate-secret.tsx";

export function WebhookButtons({ webhookId, enabled }: { webhookId: string; enabled: boolean }) {
  const test = useTool("test_webhook");
  const change = useTool("update_webhook");
  const error = test.error ?? change.error;
  return (
    <div className="grid gap-3">
      <div className="flex flex-wrap gap-3">
        {enabled ? (
          <>
            <Button pending={test.pending} onClick={() => test.run({ webhookId }, "A test is on its way.")}>
              Send a test
            </Button>
            <RotateSecret webhookId={webhookId} />
            <Button
              variant="secondary"
              pending={change.pending}
              onClick={() => change.run({ webhookId, enabled: false }, "Nothing more is sent.")}
            >
              Disable
            </Button>
          </>
        ) : (
          <Button
            pending={change.pending}
            onClick={() => change.run({ webhookId, enabled: true }, "It is enabled again.")}
          >
            Enable
          </Button>
        )}
        <DeleteWebhook webhookId={webhookId} />
      </div>
      {error && (
        <p role="alert" className="font-medium text-bad">
          {error.message}
        </p>
      )}
    </div>
  );
}

function DeleteWebhook({ webhookId }: { webhookId: string }) {
  const { run, error } = useTool("delete_webhook");
  const router = useRouter();
  async function remove() {
    const gone = await run({ webhookId }, "The webhook is deleted.");
    if (gone) router.push("/agent/webhooks");
    return gone !== null;
  }
  return (
    <ConfirmDialog
      trigger={<Button variant="danger">Delete</Button>}
      title="Delete this webhook?"
      confirm="Delete webhook"
      danger
      error={error?.message}
      onConfirm={remove}
    >
      <p>Its secret and its deliveries go with it, also those that were not sent yet.</p>
    </ConfirmDialog>
  );
}
