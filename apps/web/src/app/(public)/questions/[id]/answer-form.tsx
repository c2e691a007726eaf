"use client";

import { type Answer, checkAnswer, type Field, FREE_TEXT } from "@humans2ai/core/wire";
import { type FormEvent, useEffect, useState } from "react";
import { Alert } from "@/ui/alert.tsx";
import { Button } from "@/ui/button.tsx";
import { moneyText } from "@/ui/money.tsx";
import { useTool } from "@/ui/use-tool.ts";
import { FormField } from "./form-field.tsx";
import { readForm } from "./read-form.ts";

interface Props {
  questionId: string;
  form: Field | null;
  /** The rejected answer, to go on from. */
  before: Answer | null;
  pays: number;
}

/** The form that the question's schema describes. It is checked here as the server will, so faults stand at their field. */
export function AnswerForm({ questionId, form, before, pays }: Props) {
  const field = form ?? { ...FREE_TEXT, title: "Your answer" };
  const { run, pending, error, formError, formRef } = useTool("answer_question");
  const [faults, setFaults] = useState<Record<string, string>>({});
  // A new object for each attempt, so that the same fault gets the focus again.
  useEffect(() => {
    if (Object.keys(faults).length === 0) return;
    const faulty = formRef.current?.querySelector<HTMLElement>('[aria-invalid="true"]');
    faulty?.focus({ preventScroll: true });
    faulty?.scrollIntoView({ block: "center" });
  }, [faults, formRef]);

  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const answer = readForm(field, new FormData(event.currentTarget));
    const checked = checkAnswer(field, answer);
    const found = "faults" in checked ? checked.faults : [];
    setFaults(Object.fromEntries(found.toReversed().map(({ path, message }) => [path, `This ${message}.`])));
    if ("faults" in checked) return;
    const sent = await run({ questionId, answer: checked.answer, confirms: true }, "Answer sent");
    if (sent) document.getElementById("next-step")?.focus();
  }

  const fromServer = (error?.fields ?? []).map(({ path, message }) => [
    path.replace(/^answer\./, ""),
    message,
  ]);
  const errors = { ...Object.fromEntries(fromServer), ...faults };
  return (
    <form ref={formRef} onSubmit={submit} noValidate className="flex min-w-0 flex-col gap-6">
      <Alert>{formError}</Alert>
      <FormField field={field} path="" name="answer" required before={before} errors={errors} />
      <Button type="submit" size="lg" pending={pending}>
        Send answer · {moneyText(pays)}
      </Button>
      <p className="text-sm text-soft">
        An AI agent wrote these words. Nobody here may ask you for a password, a code or a payment.
      </p>
    </form>
  );
}
