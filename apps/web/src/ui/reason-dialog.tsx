"use client";

import { Dialog } from "radix-ui";
import { type FormEvent, type ReactNode, type RefObject, useState } from "react";
import { Alert } from "./alert.tsx";
import { Button } from "./button.tsx";
import { Textarea } from "./field.tsx";

interface Props {
  /** The button that opens it. */
  trigger: ReactNode;
  title: string;
  /** What follows from it. */
  children: ReactNode;
  label?: string;
  /** Further fields of the form, above the reason. */
  fields?: ReactNode;
  hint: string;
  /** Shortest reason; the counter says how far it is. */
  min: number;
  confirm: string;
  danger?: boolean;
  pending: boolean;
  fieldError?: string | undefined;
  formError?: string | undefined;
  formRef: RefObject<HTMLFormElement | null>;
  /** Answers whether it worked; the dialog then closes. */
  onReason: (reason: string) => Promise<boolean>;
}

const MAX = 2000;

/** A decision that must give its reason. What was typed survives errors and closing. */
export function ReasonDialog({
  trigger,
  title,
  children,
  label = "Reason",
  fields,
  hint,
  min,
  ...rest
}: Props) {
  const { confirm, danger, pending, fieldError, formError, formRef, onReason } = rest;
  const [open, setOpen] = useState(false);
  const [reason, setReason] = useState("");
  const length = reason.trim().length;
  async function decide(event: FormEvent) {
    event.preventDefault();
    if (await onReason(reason)) setOpen(false);
  }
  return (
    <Dialog.Root open={open} onOpenChange={(next) => !pending && setOpen(next)}>
      <Dialog.Trigger asChild>{trigger}</Dialog.Trigger>
      <Dialog.Portal>
        <Dialog.Overlay className="fixed inset-0 z-40 bg-[oklch(0.15_0.03_268/0.55)]" />
        <Dialog.Content className="fixed top-1/2 left-1/2 z-50 max-h-[90dvh] w-[min(34rem,calc(100vw-2rem))] -translate-x-1/2 -translate-y-1/2 overflow-y-auto rounded-card border border-line bg-sheet p-6 shadow-2xl">
          <Dialog.Title className="display text-2xl">{title}</Dialog.Title>
          <Dialog.Description asChild>
            <div className="mt-3 text-soft">{children}</div>
          </Dialog.Description>
          <form ref={formRef} onSubmit={decide} className="mt-5 flex flex-col gap-3">
            {fields}
            <Textarea
              label={label}
              hint={hint}
              error={fieldError}
              rows={5}
              maxLength={MAX}
              required
              value={reason}
              onChange={(event) => setReason(event.target.value)}
            />
            <Counter length={length} min={min} />
            <Alert>{formError}</Alert>
            <div className="mt-2 flex flex-wrap justify-end gap-3">
              <Dialog.Close asChild>
                <Button variant="secondary" disabled={pending}>
                  Keep as it is
                </Button>
              </Dialog.Close>
              <Button type="submit" variant={danger ? "danger" : "primary"} pending={pending}>
                {confirm}
              </Button>
            </div>
          </form>
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

/** Ticks for the eye; to a screen reader it only says when the reason has become long enough. */
function Counter({ length, min }: { length: number; min: number }) {
  const enough = length >= min;
  return (
    <p className={`text-sm tabular-nums ${enough ? "text-soft" : "text-waiting"}`}>
      <span aria-hidden>
        {enough
          ? `${length} of ${MAX} characters`
          : `${min - length} more characters needed (${length} of ${min})`}
      </span>
      <span className="sr-only" aria-live="polite">
        {enough ? "The reason is long enough." : `At least ${min} characters are needed.`}
      </span>
    </p>
  );
}
