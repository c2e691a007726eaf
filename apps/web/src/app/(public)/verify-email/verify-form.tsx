"use client";

import Link from "next/link";
import { useState } from "react";
import { Alert } from "@/ui/alert.tsx";
import { Button } from "@/ui/button.tsx";
import { useLinkToken } from "@/ui/link-token.ts";
import { useTool } from "@/ui/use-tool.ts";

export function VerifyForm() {
  const token = useLinkToken();
  return <LinkForm key={token} token={token} />;
}

/** A press, not the opening of the page: programs that look through mails open every link in them. */
function LinkForm({ token }: { token: string | null | undefined }) {
  const { run, pending, formError } = useTool("verify_email");
  const [done, setDone] = useState(false);
  if (token === null)
    return <p>This page is opened by the link in our mail. Your account page sends another.</p>;
  if (done) {
    return (
      <div role="status" className="flex flex-col gap-5">
        <p className="font-medium">Your address is confirmed.</p>
        <Button asChild size="lg">
          <Link href="/login">Go on</Link>
        </Button>
      </div>
    );
  }
  async function confirm() {
    if (token && (await run({ token }))) setDone(true);
  }
  return (
    <div className="flex flex-col gap-5">
      <Alert>{formError}</Alert>
      <Button size="lg" pending={pending} disabled={!token} onClick={confirm}>
        Confirm
      </Button>
    </div>
  );
}
