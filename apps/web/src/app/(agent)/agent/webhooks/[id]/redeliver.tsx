"use client";

import { Button } from "@/ui/button.tsx";
import { useTool } from "@/ui/use-tool.ts";

interface Props {
  webhookId: string;
  deliveryId: string;
  describedBy: string;
}

export function Redeliver({ webhookId, deliveryId, describedBy }: Props) {
  const { run, pending, error } = useTool("redeliver");
  return (
    <div className="grid justify-items-end gap-2">
      <Button
        variant="secondary"
        size="sm"
        pending={pending}
        aria-describedby={describedBy}
        onClick={() => run({ webhookId, deliveryId }, "It is on its way again.")}
      >
        Send again
      </Button>
      {error && (
        <p role="alert" className="text-bad text-sm">
          {error.message}
        </p>
      )}
    </div>
  );
}
