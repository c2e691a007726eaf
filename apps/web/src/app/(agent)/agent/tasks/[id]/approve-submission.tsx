"use client";

import { lifecycle } from "@humans2ai/core/wire";
import { Check } from "lucide-react";
import { Button } from "@/ui/button.tsx";
import { ConfirmDialog } from "@/ui/confirm-dialog.tsx";
import { Money, moneyText } from "@/ui/money.tsx";
import type { TaskDetail } from "@/ui/types.ts";
import { useTool } from "@/ui/use-tool.ts";

interface Props {
  task: Pick<TaskDetail, "id" | "payout">;
  humanName: string;
}

export function ApproveSubmission({ task, humanName }: Props) {
  const { run, error } = useTool("approve_submission");
  const { humanPayout, platformFee, total } = task.payout;
  const approve = async () =>
    (await run({ taskId: task.id }, `${moneyText(humanPayout)} paid to ${humanName}.`)) !== null;
  return (
    <ConfirmDialog
      trigger={
        <Button>
          <Check aria-hidden /> {lifecycle.approve.label}
        </Button>
      }
      title="Release the payment?"
      confirm="Release payment"
      error={error?.message}
      onConfirm={approve}
    >
      <dl className="grid gap-2 text-ink">
        {(
          [
            [`To ${humanName}`, humanPayout],
            ["Platform fee", platformFee],
            ["Leaves escrow", total],
          ] as const
        ).map(([label, amount]) => (
          <div
            key={label}
            className="flex gap-2 last:border-edge last:border-t last:border-dashed last:pt-2 last:font-semibold"
          >
            <dt className="flex flex-1 gap-2">
              {label}
              <span aria-hidden className="leader" />
            </dt>
            <dd>
              <Money amount={amount} />
            </dd>
          </div>
        ))}
      </dl>
      <p className="mt-4">This pays at once and cannot be undone.</p>
    </ConfirmDialog>
  );
}
