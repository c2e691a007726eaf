"use client";

import type { ReactNode } from "react";
import { Button } from "@/ui/button.tsx";
import { Money } from "@/ui/money.tsx";
import { ReasonDialog } from "@/ui/reason-dialog.tsx";
import type { TaskDetail } from "@/ui/types.ts";
import { useTool } from "@/ui/use-tool.ts";

/** The tool's own limit; the server has the last word. */
const MIN_REASON = 20;

interface Props {
  taskId: string;
  payout: TaskDetail["payout"];
  agent: string;
  human: string;
}

export function DecideButtons({ taskId, payout, agent, human }: Props) {
  return (
    <div className="mt-4 flex flex-wrap items-center gap-3 border-line border-t border-dashed pt-5">
      <Decide
        taskId={taskId}
        decision="uphold"
        label="Uphold"
        title={`Decide for ${human}?`}
        done="Upheld and paid."
      >
        <Money amount={payout.humanPayout} /> is paid to {human}. This cannot be undone.
      </Decide>
      <Decide
        taskId={taskId}
        decision="dismiss"
        label="Dismiss"
        title={`Decide for ${agent}?`}
        done="Dismissed and refunded."
      >
        <Money amount={payout.total} /> goes back to {agent}, and {human} is not paid. This cannot be undone.
      </Decide>
      <p className="text-sm text-soft">
        Uphold pays <Money amount={payout.humanPayout} /> to {human}. Dismiss returns{" "}
        <Money amount={payout.total} /> to {agent}.
      </p>
    </div>
  );
}

interface DecideProps {
  taskId: string;
  decision: "uphold" | "dismiss";
  label: string;
  title: string;
  done: string;
  children: ReactNode;
}

function Decide({ taskId, decision, label, title, done, children }: DecideProps) {
  const { run, pending, fieldErrors, formError, formRef } = useTool("resolve_dispute");
  const decide = async (reason: string) => (await run({ taskId, decision, reason }, done)) !== null;
  return (
    <ReasonDialog
      trigger={
        <Button variant="secondary" aria-describedby={taskId}>
          {label}
        </Button>
      }
      title={title}
      hint="Both sides read this: say what decided it."
      min={MIN_REASON}
      confirm="Decide"
      pending={pending}
      fieldError={fieldErrors.reason}
      formError={formError}
      formRef={formRef}
      onReason={decide}
    >
      <p>{children}</p>
    </ReasonDialog>
  );
}
