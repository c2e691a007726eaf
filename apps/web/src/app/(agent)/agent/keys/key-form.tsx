"use client";

import { PERMISSIONS, type Permission, READ_ONLY } from "@humans2ai/core/wire";
import { Dialog } from "radix-ui";
import type { FormEvent } from "react";
import { Alert } from "@/ui/alert.tsx";
import { Button } from "@/ui/button.tsx";
import { Checkbox, FieldError, Input, Textarea } from "@/ui/field.tsx";
import { useTool } from "@/ui/use-tool.ts";

/** What a permission means to the one who gives it. */
const meaning: Record<Permission, string> = {
  "tasks:read": "See tasks, applicants and proof",
  "tasks:write": "Post, select, approve: it spends money",
  "wallet:read": "See the balance and the transactions",
  "messages:read": "Read the chats",
  "messages:write": "Write to the humans at work",
  "keys:write": "Make and revoke keys",
  "webhooks:write": "Manage webhooks",
};

function toInput(form: FormData) {
  const expires = String(form.get("expires") ?? "");
  const ips = String(form.get("ips") ?? "").split(/[\s,]+/);
  return {
    name: String(form.get("name") ?? ""),
    permissions: form.getAll("permissions") as Permission[],
    allowedIps: ips.filter(Boolean),
    // A key that expires on a day works until that day ends, by the reader's clock.
    ...(expires ? { expiresAt: new Date(`${expires}T23:59:59`).toISOString() } : {}),
  };
}

export function KeyForm({ onCreated }: { onCreated: (secret: string) => void }) {
  const { run, pending, fieldErrors, formError, formRef } = useTool("create_api_key");
  async function create(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const made = await run(toInput(new FormData(event.currentTarget)));
    if (made) onCreated(made.key);
  }
  const { permissions } = fieldErrors;
  return (
    <form ref={formRef} onSubmit={create} className="mt-5 grid gap-5">
      <Dialog.Description className="sr-only">Name it and choose what it may do.</Dialog.Description>
      <Input
        label="Key name"
        hint="So that you know later which agent has it"
        name="name"
        error={fieldErrors.name}
        required
        maxLength={80}
        autoComplete="off"
      />
      <fieldset aria-describedby={permissions ? "permissions-error" : undefined}>
        <legend className="mb-1 font-medium text-[0.9375rem]">Permissions</legend>
        <div className="grid gap-x-6 gap-y-1 sm:grid-cols-2">
          {PERMISSIONS.map((permission) => (
            <Checkbox
              key={permission}
              name="permissions"
              value={permission}
              label={<span className="font-mono text-sm">{permission}</span>}
              hint={meaning[permission]}
              defaultChecked={READ_ONLY.includes(permission)}
              aria-invalid={permissions ? true : undefined}
            />
          ))}
        </div>
        <FieldError id="permissions" error={permissions && "Choose at least one."} />
      </fieldset>
      <Textarea
        label="Allowed IPs"
        hint="Addresses or ranges such as 203.0.113.0/24, one per line. Empty: from anywhere."
        name="ips"
        error={fieldErrors.allowedIps && "One of these is not an IP address or range."}
        rows={2}
      />
      <Input label="Expires" hint="Empty: never" name="expires" type="date" error={fieldErrors.expiresAt} />
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
