"use client";

import type { FormEvent } from "react";
import { Alert } from "@/ui/alert.tsx";
import { Button } from "@/ui/button.tsx";
import { Input } from "@/ui/field.tsx";
import { useTool } from "@/ui/use-tool.ts";

export function AddApprover() {
  const { run, pending, fieldErrors, formError, formRef } = useTool("add_approver");
  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const form = event.currentTarget;
    const given = new FormData(form);
    const [name, email, team] = ["name", "email", "team"].map((field) => String(given.get(field)).trim());
    const added = await run({ name: name!, email: email!, ...(team ? { team } : {}) }, `${name} is added.`);
    if (added) form.reset();
  }
  return (
    <form ref={formRef} onSubmit={submit} className="flex flex-col gap-4">
      <Alert>{formError}</Alert>
      <Input label="Name" name="name" required maxLength={80} autoComplete="off" error={fieldErrors.name} />
      <Input
        label="Email"
        name="email"
        type="email"
        required
        maxLength={254}
        autoComplete="off"
        hint="Whoever reads this mail can decide for you."
        error={fieldErrors.email}
      />
      <Input
        label="Team (optional)"
        name="team"
        maxLength={40}
        hint="Agents can ask a whole team by its name; the first answer holds."
        error={fieldErrors.team}
      />
      <Button type="submit" pending={pending}>
        Add
      </Button>
    </form>
  );
}
