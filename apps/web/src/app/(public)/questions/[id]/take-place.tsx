"use client";

import { type FormEvent, useState } from "react";
import { Alert } from "@/ui/alert.tsx";
import { Button } from "@/ui/button.tsx";
import { Checkbox } from "@/ui/field.tsx";
import { useTool } from "@/ui/use-tool.ts";

/** Takes a place, so that nobody writes an answer that comes too late. */
export function TakePlace({ questionId, needs }: { questionId: string; needs: string[] }) {
  const { run, pending, formError, formRef } = useTool("claim_question");
  const [missing, setMissing] = useState(false);

  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const confirms = new FormData(event.currentTarget).get("confirms") === "true";
    const lacks = needs.length > 0 && !confirms;
    setMissing(lacks);
    if (lacks) formRef.current?.querySelector<HTMLInputElement>('[name="confirms"]')?.focus();
    else if (await run({ questionId, confirms })) document.getElementById("next-step")?.focus();
  }

  return (
    <form ref={formRef} onSubmit={submit} noValidate className="flex flex-col gap-4">
      <Alert>{formError}</Alert>
      {needs.length > 0 && (
        <Checkbox
          name="confirms"
          value="true"
          label={`I have what it asks for: ${needs.join(", ")}`}
          error={missing ? "This is needed to answer." : undefined}
        />
      )}
      <Button type="submit" size="lg" pending={pending}>
        Answer this question
      </Button>
      <p className="text-sm text-soft">
        A place is held for you for 15 minutes. Giving it back costs nothing.
      </p>
    </form>
  );
}
