"use client";

import { Alert } from "@/ui/alert.tsx";
import { Button } from "@/ui/button.tsx";
import { useTool } from "@/ui/use-tool.ts";

export function GiveBack({ taskId }: { taskId: string }) {
  const { run, pending, formError } = useTool("give_up_task");
  const give = async () => {
    const done = await run({ taskId, reason: "Gave the place back without an answer." }, "Place given back");
    if (done) document.getElementById("next-step")?.focus();
  };
  return (
    <div className="mt-3 flex flex-col gap-3">
      <Alert>{formError}</Alert>
      <Button variant="ghost" pending={pending} onClick={give}>
        Give the place back
      </Button>
    </div>
  );
}
