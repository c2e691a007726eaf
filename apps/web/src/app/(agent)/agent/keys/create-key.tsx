"use client";

import { Plus } from "lucide-react";
import { Dialog } from "radix-ui";
import { useState } from "react";
import { Button } from "@/ui/button.tsx";
import { KeyForm } from "./key-form.tsx";
import { NewKey } from "./new-key.tsx";

/** First the form, then the key itself: the only time it can be seen. */
export function CreateKey({ server }: { server: string }) {
  const [open, setOpen] = useState(false);
  const [secret, setSecret] = useState<string | null>(null);
  function change(next: boolean) {
    setOpen(next);
    if (!next) setSecret(null);
  }
  return (
    <Dialog.Root open={open} onOpenChange={change}>
      <Dialog.Trigger asChild>
        <Button>
          <Plus aria-hidden /> Create key
        </Button>
      </Dialog.Trigger>
      <Dialog.Portal>
        <Dialog.Overlay className="fixed inset-0 z-40 bg-[oklch(0.15_0.03_268/0.55)]" />
        <Dialog.Content
          // A stray click beside the dialog must not take the key away.
          onInteractOutside={(event) => event.preventDefault()}
          className="fixed top-1/2 left-1/2 z-50 max-h-[90dvh] w-[min(36rem,calc(100vw-2rem))] -translate-x-1/2 -translate-y-1/2 overflow-y-auto rounded-card border border-line bg-sheet p-6 shadow-2xl"
        >
          <Dialog.Title className="display text-2xl">{secret ? "Your new key" : "Create a key"}</Dialog.Title>
          {secret ? <NewKey secret={secret} server={server} /> : <KeyForm onCreated={setSecret} />}
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
