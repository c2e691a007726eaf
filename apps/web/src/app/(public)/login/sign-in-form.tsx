"use client";

import Link from "next/link";
import { type FormEvent, useEffect, useRef, useState } from "react";
import { Alert } from "@/ui/alert.tsx";
import { Button } from "@/ui/button.tsx";
import { Input } from "@/ui/field.tsx";
import { signInTo } from "@/ui/session.ts";

export function SignInForm({ next }: { next: string }) {
  const [pending, setPending] = useState(false);
  const [error, setError] = useState<string | null>(null);
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => {
    if (error) form.current?.querySelector<HTMLElement>('[role="alert"]')?.focus();
  }, [error]);

  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const data = new FormData(event.currentTarget);
    setPending(true);
    setError(null);
    const failed = await signInTo(next, String(data.get("email")), String(data.get("password")));
    if (!failed) return;
    setError(failed);
    setPending(false);
  }

  return (
    <form ref={form} method="post" onSubmit={submit} className="flex flex-col gap-5">
      <Alert>{error}</Alert>
      <Input label="Email" name="email" type="email" autoComplete="email" required maxLength={254} />
      <Input
        label="Password"
        name="password"
        type="password"
        autoComplete="current-password"
        required
        maxLength={200}
      />
      <Button type="submit" size="lg" pending={pending}>
        Sign in
      </Button>
      <Link
        className="self-start font-medium text-accent underline underline-offset-4"
        href="/forgot-password"
      >
        Forgot your password?
      </Link>
    </form>
  );
}
