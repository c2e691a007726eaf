"use client";

import Link from "next/link";
import { type FormEvent, useState } from "react";
import { Alert } from "@/ui/alert.tsx";
import { Button } from "@/ui/button.tsx";
import { Input } from "@/ui/field.tsx";
import { useLinkToken } from "@/ui/link-token.ts";
import { useTool } from "@/ui/use-tool.ts";

export function ResetForm() {
  const token = useLinkToken();
  return <LinkForm key={token} token={token} />;
}

function LinkForm({ token }: { token: string | null | undefined }) {
  const { run, pending, fieldErrors, formError, formRef } = useTool("reset_password");
  const [done, setDone] = useState(false);
  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const newPassword = String(new FormData(event.currentTarget).get("password"));
    if (token && (await run({ token, newPassword }))) setDone(true);
  }
  if (token === null) {
    return (
      <p>
        This page is opened by the link in our mail.{" "}
        <Link className="font-medium text-accent underline underline-offset-4" href="/forgot-password">
          Ask for one
        </Link>
      </p>
    );
  }
  if (done) {
    return (
      <div role="status" className="flex flex-col gap-5">
        <p className="font-medium">Your password is changed.</p>
        <Button asChild size="lg">
          <Link href="/login">Sign in</Link>
        </Button>
      </div>
    );
  }
  return (
    <form ref={formRef} method="post" onSubmit={submit} className="flex flex-col gap-5">
      <Alert>{formError}</Alert>
      <Input
        label="New password"
        hint="8 characters or more, with a letter and a number."
        name="password"
        type="password"
        autoComplete="new-password"
        required
        minLength={8}
        maxLength={200}
        error={fieldErrors.newPassword}
      />
      <Button type="submit" size="lg" pending={pending} disabled={!token}>
        Change password
      </Button>
    </form>
  );
}
