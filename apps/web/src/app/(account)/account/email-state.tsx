"use client";

import { BadgeCheck } from "lucide-react";
import { Alert } from "@/ui/alert.tsx";
import { Button } from "@/ui/button.tsx";
import { useTool } from "@/ui/use-tool.ts";

export function EmailState({ email, verified }: { email: string; verified: boolean }) {
  const { run, pending, formError } = useTool("request_email_verification");
  return (
    <div className="flex flex-col items-start gap-4">
      <p className="break-all">{email}</p>
      {verified ? (
        <p className="flex items-center gap-2 text-soft">
          <BadgeCheck aria-hidden className="size-5" /> Confirmed
        </p>
      ) : (
        <>
          <p className="text-soft">
            Not confirmed yet: open the link in our mail. It shows that the account is yours, if you ever lose
            its password.
          </p>
          <Alert>{formError}</Alert>
          <Button variant="secondary" pending={pending} onClick={() => run({}, "The mail is on its way.")}>
            Send the mail again
          </Button>
        </>
      )}
    </div>
  );
}
