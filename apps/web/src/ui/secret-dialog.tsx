"use client";

import { Dialog } from "radix-ui";
import { type ReactNode, useState } from "react";

interface Props {
  /** The button that opens it. */
  trigger: ReactNode;
  title: string;
  /** What is asked first; it calls `onMade` with the secret. */
  ask: (onMade: (secret: string) => void) => ReactNode;
  shownTitle: string;
  shown: (secret: string) => ReactNode;
}

/** First the question, then the secret itself: the only time it can be seen. */
export function SecretDialog({ trigger, title, ask, shownTitle, shown }: Props) {
  const [open, setOpen] = useState(false);
  const [secret, setSecret] = useState<string | null>(null);
  function change(next: boolean) {
    setOpen(next);
    if (!next) setSecret(null);
  }
  return (
    <Dialog.Root open={open} onOpenChange={change}>
      <Dialog.Trigger asChild>{trigger}</Dialog.Trigger>
      <Dialog.Portal>
        <Dialog.Overlay className="fixed inset-0 z-40 bg-[oklch(0.15_0.03_268/0.55)]" />
        <Dialog.Content
          // A stray click beside the dialog must not take the secret away.
          onInteractOutside={(event) => event.preventDefault()}
          className="fixed top-1/2 left-1/2 z-50 max-h-[90dvh] w-[min(36rem,calc(100vw-2rem))] -translate-x-1/2 -translate-y-1/2 overflow-y-auto rounded-card border border-line bg-sheet p-6 shadow-2xl"
        >
          <Dialog.Title className="display text-2xl">{secret ? shownTitle : title}</Dialog.Title>
          {secret ? shown(secret) : ask(setSecret)}
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
