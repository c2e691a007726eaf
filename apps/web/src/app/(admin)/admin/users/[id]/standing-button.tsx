"use client";

import { Button } from "@/ui/button.tsx";
import { ReasonDialog } from "@/ui/reason-dialog.tsx";
import { useTool } from "@/ui/use-tool.ts";

/** The tools' own limit; the server has the last word. */
const MIN_REASON = 10;

interface Props {
  userId: string;
  name: string;
  role: "agent" | "human" | "admin";
  suspended: boolean;
}

const follows = {
  agent:
    "Their keys and sessions are refused from now on. Their open listings disappear; escrow waits for each deadline, and proof that was handed in is still paid.",
  human:
    "Their sessions are refused from now on. Tasks that they are assigned to open again, applications are withdrawn; proof that was handed in is still reviewed and paid.",
  admin: "They are signed out at once and can decide nothing any more.",
};

/** Suspends, or restores, an account: the reason is mailed to its owner and kept. */
export function StandingButton({ userId, name, role, suspended }: Props) {
  const { run, pending, fieldErrors, formError, formRef } = useTool(
    suspended ? "restore_user" : "suspend_user",
  );
  const done = suspended ? `${name} is restored.` : `${name} is suspended.`;
  const word = suspended ? "Restore" : "Suspend";
  return (
    <ReasonDialog
      key={word}
      trigger={<Button variant={suspended ? "secondary" : "danger"}>{word}</Button>}
      title={`${word} ${name}?`}
      hint="The user is mailed this, and it is kept."
      min={MIN_REASON}
      confirm={word}
      danger={!suspended}
      pending={pending}
      fieldError={fieldErrors.reason}
      formError={formError}
      formRef={formRef}
      onReason={async (reason) => (await run({ userId, reason }, done)) !== null}
    >
      <p>{suspended ? "They can sign in again, and their API keys work again." : follows[role]}</p>
    </ReasonDialog>
  );
}
