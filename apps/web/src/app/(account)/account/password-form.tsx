"use client";

import type { FormEvent } from "react";
import { Alert } from "@/ui/alert.tsx";
import { Button } from "@/ui/button.tsx";
import { Input } from "@/ui/field.tsx";
import { useTool } from "@/ui/use-tool.ts";

export function PasswordForm({ email }: { email: string }) {
  const { run, pending, fieldErrors, formError, error, formRef } = useTool("change_password");
  const wrong = error?.code === "AUTH_FAILED" ? error.message : undefined;
  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const form = event.currentTarget;
    const data = new FormData(form);
    const [currentPassword, newPassword] = ["current", "new"].map((name) => String(data.get(name)));
    const done = await run(
      { currentPassword: currentPassword!, newPassword: newPassword! },
      "Your password is changed. Your other sessions have ended.",
    );
    if (done) form.reset();
  }
  return (
    <form ref={formRef} method="post" onSubmit={submit} className="flex max-w-md flex-col gap-5">
      {/* For password managers, which keep a password with its name. */}
      <input type="hidden" name="username" autoComplete="username" value={email} readOnly />
      <Alert>{wrong ? undefined : formError}</Alert>
      <Input
        label="Current password"
        name="current"
        type="password"
        autoComplete="current-password"
        required
        maxLength={200}
        error={fieldErrors.currentPassword ?? wrong}
      />
      <Input
        label="New password"
        hint="8 characters or more, with a letter and a number."
        name="new"
        type="password"
        autoComplete="new-password"
        required
        minLength={8}
        maxLength={200}
        error={fieldErrors.newPassword}
      />
      <Button type="submit" className="self-start" pending={pending}>
        Change password
      </Button>
    </form>
  );
}
