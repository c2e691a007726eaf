"use client";

import { Alert } from "@/ui/alert.tsx";
import { Button } from "@/ui/button.tsx";
import { useTool } from "@/ui/use-tool.ts";
import { toNextStep } from "./to-next-step.ts";

export function Withdraw({ taskId }: { taskId: string }) {
  const { run, pending, error } = useTool("withdraw_application");
  async function withdraw() {
    if (await run({ taskId }, "Application withdrawn")) toNextStep();
  }
  return (
    <div className="mt-4 flex flex-col gap-3">
      <Alert>{error?.message}</Alert>
      <Button variant="secondary" pending={pending} onClick={withdraw}>
        Withdraw application
      </Button>
    </div>
  );
}
