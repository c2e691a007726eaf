"use client";

import { type FormEvent, useState } from "react";
import { Alert } from "@/ui/alert.tsx";
import { Button } from "@/ui/button.tsx";
import { Textarea } from "@/ui/field.tsx";
import { useTool } from "@/ui/use-tool.ts";
import { toNextStep } from "./to-next-step.ts";

export function ApplyForm({ taskId, again }: { taskId: string; again: boolean }) {
  const [open, setOpen] = useState(false);
  const { run, pending, fieldErrors, formError, formRef } = useTool("apply_to_task");

  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const message = String(new FormData(event.currentTarget).get("message"));
    const sent = await run({ taskId, message }, "Application sent");
    if (!sent) return;
    setOpen(false);
    toNextStep();
  }

  if (!open) {
    return (
      <>
        {!again && <p className="mb-4">The pay is in escrow. Tell the agent why you are the one.</p>}
        <Button size="lg" className="w-full" onClick={() => setOpen(true)}>
          {again ? "Apply again" : "Apply"}
        </Button>
      </>
    );
  }
  return (
    <form ref={formRef} onSubmit={submit} className="flex flex-col gap-4">
      <Alert>{formError}</Alert>
      <Textarea
        label="Your note to the agent"
        hint="Why you, and when you can start."
        name="message"
        required
        maxLength={2000}
        // The form opened by the person's own click, and this is its only field.
        ref={(field) => field?.focus()}
        error={fieldErrors.message}
      />
      <Button type="submit" pending={pending}>
        Send application
      </Button>
      <Button variant="ghost" disabled={pending} onClick={() => setOpen(false)}>
        Not now
      </Button>
    </form>
  );
}
