"use client";

import { Dialog } from "radix-ui";
import { type FormEvent, type ReactNode, type RefObject, useState } from "react";
import { Alert } from "@/ui/alert.tsx";
import { Button } from "@/ui/button.tsx";
import { useFreshTool } from "@/ui/use-fresh-tool.tsx";
import {
  dayOf,
  type Key,
  LimitFields,
  limitsOf,
  NameField,
  PermissionFields,
  permissionsOf,
} from "./key-fields.tsx";

export function KeyPermissions({ of: key }: { of: Key }) {
  const { run, ...tool } = useFreshTool("upgrade_api_key");
  const save = async (form: FormData) =>
    (await run({ keyId: key.id, permissions: permissionsOf(form) }, `“${key.name}” may do this now.`)) !==
    null;
  return (
    <EditDialog of={key} button="Permissions" title={`What “${key.name}” may do`} onSave={save} {...tool}>
      <PermissionFields given={key.permissions} errors={tool.fieldErrors} />
    </EditDialog>
  );
}

export function KeyLimits({ of: key }: { of: Key }) {
  const { run, ...tool } = useFreshTool("update_api_key");
  async function save(form: FormData) {
    const { expiresAt, ...limits } = limitsOf(form);
    // A day that nobody touched keeps the hour that it had.
    const moved = form.get("expires") !== dayOf(key.expiresAt);
    const input = { keyId: key.id, ...limits, ...(moved ? { expiresAt } : {}) };
    return (await run(input, `“${key.name}” has these limits now.`)) !== null;
  }
  return (
    <EditDialog of={key} button="Limits" title={`Limits of “${key.name}”`} onSave={save} {...tool}>
      <NameField of={key} errors={tool.fieldErrors} />
      <LimitFields of={key} errors={tool.fieldErrors} />
    </EditDialog>
  );
}

interface Props {
  of: Key;
  button: string;
  title: string;
  children: ReactNode;
  password: ReactNode;
  formError: string | undefined;
  formRef: RefObject<HTMLFormElement | null>;
  pending: boolean;
  /** Answers whether it worked; the dialog then closes. */
  onSave: (form: FormData) => Promise<boolean>;
}

function EditDialog({ of: key, button, title, children, password, formError, formRef, ...rest }: Props) {
  const { pending, onSave } = rest;
  const [open, setOpen] = useState(false);
  async function save(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    if (await onSave(new FormData(event.currentTarget))) setOpen(false);
  }
  return (
    <Dialog.Root open={open} onOpenChange={(next) => !pending && setOpen(next)}>
      <Dialog.Trigger asChild>
        <Button variant="secondary" size="sm" aria-describedby={`${key.id}-name`}>
          {button}
        </Button>
      </Dialog.Trigger>
      <Dialog.Portal>
        <Dialog.Overlay className="fixed inset-0 z-40 bg-[oklch(0.15_0.03_268/0.55)]" />
        <Dialog.Content className="fixed top-1/2 left-1/2 z-50 max-h-[90dvh] w-[min(36rem,calc(100vw-2rem))] -translate-x-1/2 -translate-y-1/2 overflow-y-auto rounded-card border border-line bg-sheet p-6 shadow-2xl">
          <Dialog.Title className="display text-2xl [overflow-wrap:anywhere]">{title}</Dialog.Title>
          <Dialog.Description className="mt-2 text-soft">
            It holds from the key’s next request on; the key itself stays the same.
          </Dialog.Description>
          <form ref={formRef} onSubmit={save} className="mt-5 grid gap-5">
            {children}
            {password}
            <Alert>{formError}</Alert>
            <div className="flex flex-wrap justify-end gap-3">
              <Dialog.Close asChild>
                <Button variant="secondary" disabled={pending}>
                  Keep as it is
                </Button>
              </Dialog.Close>
              <Button type="submit" pending={pending}>
                Save
              </Button>
            </div>
          </form>
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
