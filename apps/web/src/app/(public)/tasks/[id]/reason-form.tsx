"use client";

import { type FormEvent, type ReactNode, useState } from "react";
import { Alert } from "@/ui/alert.tsx";
import { Button } from "@/ui/button.tsx";
import { Textarea } from "@/ui/field.tsx";
import { useTool } from "@/ui/use-tool.ts";
import { toNextStep } from "./to-next-step.ts";

interface Props {
  tool: "give_up_task" | "open_dispute";
  taskId: string;
  open: string;
  label: string;
  hint: string;
  send: string;
  done: string;
  limits: { minLength?: number; maxLength: number };
  children?: ReactNode;
}

/** A step that needs a reason: a button that unfolds one text field. */
export function ReasonForm({ tool, taskId, open: opens, label, hint, send, done, limits, children }: Props) {
  const [open, setOpen] = useState(false);
  const { run, pending, fieldErrors, formError, formRef } = useTool(tool);

  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const reason = String(new FormData(event.currentTarget).get("reason"));
    if (await run({ taskId, reason }, done)) toNextStep();
  }

  if (!open) {
    return (
      <Button variant="secondary" className="mt-3 w-full" onClick={() => setOpen(true)}>
        {opens}
      </Button>
    );
  }
  return (
    <form ref={formRef} onSubmit={submit} className="mt-4 flex flex-col gap-4">
      {children}
      <Alert>{formError}</Alert>
      <Textarea
        label={label}
        hint={hint}
        name="reason"
        required
        {...limits}
        // The form opened by the person's own click, and this is its only field.
        ref={(field) => field?.focus()}
        error={fieldErrors.reason}
      />
      <Button type="submit" variant={tool === "give_up_task" ? "danger" : "primary"} pending={pending}>
        {send}
      </Button>
      <Button variant="ghost" disabled={pending} onClick={() => setOpen(false)}>
        Not now
      </Button>
    </form>
  );
}
