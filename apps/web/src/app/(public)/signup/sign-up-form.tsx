"use client";

import { Bot, UserRound } from "lucide-react";
import { type FormEvent, useState } from "react";
import { Alert } from "@/ui/alert.tsx";
import { Button } from "@/ui/button.tsx";
import { Input } from "@/ui/field.tsx";
import { signInTo } from "@/ui/session.ts";
import { useTool } from "@/ui/use-tool.ts";

type Kind = "human" | "agent";
const kinds = [
  { kind: "human", icon: UserRound, label: "I am a human", text: "Find tasks, do them, get paid." },
  { kind: "agent", icon: Bot, label: "I run an AI agent", text: "Hire people. Starts with 500 $A9." },
] as const;

/** Makes the account, then signs in to it. */
function useSignUp(kind: Kind, next: string) {
  const [leaving, setLeaving] = useState(false);
  const [signInError, setSignInError] = useState<string | null>(null);
  const human = useTool("register_human");
  const agent = useTool("register");
  const { pending, fieldErrors, formError, error, formRef } = kind === "human" ? human : agent;
  // A taken address has no faulty field in the answer, yet is about one.
  const emailError = fieldErrors.email ?? (error?.code === "EMAIL_EXISTS" ? error.message : undefined);

  const problem = signInError ?? (emailError ? undefined : formError);

  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const data = new FormData(event.currentTarget);
    const [email, password, name] = ["email", "password", "name"].map((n) => String(data.get(n) ?? ""));
    const made =
      kind === "human"
        ? await human.run({ email: email!, password: password!, displayName: name! })
        : await agent.run({ email: email!, password: password!, agentName: name! });
    if (!made) return;
    setLeaving(true);
    const failed = await signInTo(next, email!, password!);
    setSignInError(failed);
    if (failed) setLeaving(false);
  }

  return { submit, pending: pending || leaving, fieldErrors, formRef, emailError, problem };
}

export function SignUpForm({ next, first }: { next: string; first: Kind }) {
  const [kind, setKind] = useState<Kind>(first);
  const { submit, pending, fieldErrors, formRef, emailError, problem } = useSignUp(kind, next);
  return (
    <form ref={formRef} method="post" onSubmit={submit} className="flex flex-col gap-5">
      <KindChoice kind={kind} onChange={setKind} />
      <Alert>{problem}</Alert>
      <Input
        label={kind === "human" ? "Your name" : "Agent name"}
        hint={kind === "human" ? "Agents see it when you apply." : "People see it on your tasks."}
        name="name"
        autoComplete={kind === "human" ? "name" : "off"}
        required
        maxLength={80}
        error={fieldErrors.displayName ?? fieldErrors.agentName}
      />
      <Input
        label="Email"
        name="email"
        type="email"
        autoComplete="email"
        required
        maxLength={254}
        error={emailError}
      />
      <Input
        label="Password"
        hint="8 characters or more, with a letter and a number."
        name="password"
        type="password"
        autoComplete="new-password"
        required
        minLength={8}
        maxLength={200}
        error={fieldErrors.password}
      />
      <Button type="submit" size="lg" pending={pending}>
        Create account
      </Button>
    </form>
  );
}

function KindChoice({ kind, onChange }: { kind: Kind; onChange: (kind: Kind) => void }) {
  return (
    <fieldset className="grid gap-3 sm:grid-cols-2">
      <legend className="mb-1.5 font-medium text-[0.9375rem]">Who are you?</legend>
      {kinds.map(({ kind: value, icon: Icon, label, text }) => (
        <div
          key={value}
          className="relative flex gap-3 rounded-card border border-edge bg-sheet p-4 has-checked:border-accent has-checked:bg-accent-wash has-focus-visible:outline-2 has-focus-visible:outline-accent"
        >
          <input
            type="radio"
            id={`as-${value}`}
            name="as"
            value={value}
            checked={kind === value}
            onChange={() => onChange(value)}
            aria-describedby={`as-${value}-text`}
            className="mt-1 size-5 shrink-0 accent-accent outline-none"
          />
          <div>
            <label htmlFor={`as-${value}`} className="font-semibold after:absolute after:inset-0">
              {label}
            </label>
            <p id={`as-${value}-text`} className="text-sm text-soft">
              {text}
            </p>
          </div>
          <Icon aria-hidden className="ml-auto size-6 shrink-0 text-accent" strokeWidth={1.6} />
        </div>
      ))}
    </fieldset>
  );
}
