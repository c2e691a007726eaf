"use client";

import { Dialog } from "radix-ui";
import type { FormEvent } from "react";
import { Alert } from "@/ui/alert.tsx";
import { Button } from "@/ui/button.tsx";
import { useFreshTool } from "@/ui/use-fresh-tool.tsx";
import { LimitFields, limitsOf, NameField, PermissionFields, permissionsOf } from "./key-fields.tsx";

function toInput(form: FormData) {
  const given = Object.entries(limitsOf(form)).filter(([, value]) => value !== null);
  const limits = Object.fromEntries(given) as { name: string };
  return { ...limits, permissions: permissionsOf(form) };
}

export function KeyForm({ onCreated }: { onCreated: (secret: string) => void }) {
  const { run, pending, fieldErrors, formError, formRef, password } = useFreshTool("create_api_key");
  async function create(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const made = await run(toInput(new FormData(event.currentTarget)));
    if (made) onCreated(made.key);
  }
  return (
    <form ref={formRef} onSubmit={create} className="mt-5 grid gap-5">
      <Dialog.Description className="sr-only">Name it and choose what it may do.</Dialog.Description>
      <NameField errors={fieldErrors} />
      <PermissionFields errors={fieldErrors} />
      <LimitFields errors={fieldErrors} />
      {password}
      <Alert>{formError}</Alert>
      <div className="flex flex-wrap justify-end gap-3">
        <Dialog.Close asChild>
          <Button variant="secondary">Not now</Button>
        </Dialog.Close>
        <Button type="submit" pending={pending}>
          Create
        </Button>
      </div>
    </form>
  );
}
