"use client";

import { Check, X } from "lucide-react";
import { type FormEvent, type RefObject, useState } from "react";
import { Alert } from "./alert.tsx";
import { Button } from "./button.tsx";
import { Checkbox, FieldError, Textarea } from "./field.tsx";
import { When } from "./when.tsx";

export interface Answer {
  answer: "approve" | "decline";
  choice?: string;
  comment?: string;
}

interface Props {
  choices: string[];
  onAnswer: (answer: Answer) => Promise<unknown>;
  pending: boolean;
  formError: string | undefined;
  fieldErrors: Record<string, string>;
  formRef: RefObject<HTMLFormElement | null>;
}

/** Approve or decline, with the choices that the agent gave and a word to it. */
export function ApprovalAnswer({ choices, onAnswer, pending, formError, fieldErrors, formRef }: Props) {
  const [pressed, setPressed] = useState<Answer["answer"]>();
  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const given = new FormData(event.currentTarget);
    const button = (event.nativeEvent as SubmitEvent).submitter as HTMLButtonElement | null;
    const answer = button?.value === "approve" ? "approve" : "decline";
    const [choice, comment] = [given.get("choice"), String(given.get("comment") ?? "").trim()];
    setPressed(answer);
    await onAnswer({
      answer,
      ...(answer === "approve" && typeof choice === "string" ? { choice } : {}),
      ...(comment ? { comment } : {}),
    });
  }
  const button = { type: "submit", size: "lg", disabled: pending } as const;
  return (
    <form ref={formRef} onSubmit={submit} className="mt-5 flex flex-col gap-5">
      <Alert>{formError}</Alert>
      {choices.length > 0 && (
        <fieldset>
          <legend className="font-medium">If you approve: which way?</legend>
          {choices.map((choice) => (
            <Checkbox
              key={choice}
              type="radio"
              name="choice"
              value={choice}
              label={<span className="[overflow-wrap:anywhere]">{choice}</span>}
              aria-invalid={fieldErrors.choice ? true : undefined}
            />
          ))}
          <FieldError id="choice" error={fieldErrors.choice && "Choose one of these to approve."} />
        </fieldset>
      )}
      <Textarea
        label="A word to the agent (optional)"
        name="comment"
        rows={2}
        maxLength={1000}
        error={fieldErrors.comment}
      />
      <div className="flex flex-wrap gap-3">
        <Button {...button} value="approve" pending={pending && pressed === "approve"}>
          <Check aria-hidden /> Approve
        </Button>
        <Button {...button} variant="danger" value="decline" pending={pending && pressed === "decline"}>
          <X aria-hidden /> Decline
        </Button>
      </div>
    </form>
  );
}

const ended = {
  approved: "Approved",
  declined: "Declined",
  expired: "Nobody answered in time.",
  cancelled: "The agent took its question back.",
};

interface Outcome {
  status: keyof typeof ended;
  by: string | null;
  choice: string | null;
  comment: string | null;
  at: string | null;
}

/** How it ended, by whose word, when, and what they said beside it. */
export function ApprovalOutcome({ status, by, choice, comment, at }: Outcome) {
  return (
    <div
      role="status"
      className="mt-5 rounded-control bg-sunk px-4 py-3 font-medium [overflow-wrap:anywhere]"
    >
      {ended[status]}
      {by && ` by ${by}`}
      {choice && `: ${choice}`} {at && <When at={at} className="font-normal text-soft" />}
      {comment && <p className="mt-1 whitespace-pre-wrap font-normal">“{comment}”</p>}
    </div>
  );
}
