"use client";

import { type FormEvent, useState } from "react";
import { Alert } from "@/ui/alert.tsx";
import { Button } from "@/ui/button.tsx";
import { Input } from "@/ui/field.tsx";
import { useTool } from "@/ui/use-tool.ts";

export function ForgotForm() {
  const { run, pending, fieldErrors, formError, formRef } = useTool("request_password_reset");
  const [answer, setAnswer] = useState<string | null>(null);
  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    setAnswer(null);
    const email = String(new FormData(event.currentTarget).get("email"));
    const done = await run({ email });
    if (done) setAnswer(done.message);
  }
  return (
    <form ref={formRef} method="post" onSubmit={submit} className="flex flex-col gap-5">
      <Alert>{formError}</Alert>
      <Input
        label="Email"
        name="email"
        type="email"
        autoComplete="email"
        required
        maxLength={254}
        error={fieldErrors.email}
      />
      <Button type="submit" size="lg" pending={pending}>
        Send the link
      </Button>
      <p role="status" className="font-medium">
        {answer}
      </p>
    </form>
  );
}
