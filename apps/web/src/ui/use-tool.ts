"use client";

import type { Input, Output, ToolName } from "@humans2ai/core";
import { useEffect, useRef, useState } from "react";
import { type ActError, act } from "@/server/act.ts";
import { notify } from "./toaster.tsx";

/** A fault of a field, as a sentence of its own. */
const say = (message: string): string =>
  message === "is required" || message === "must not be empty"
    ? "Please fill this in."
    : `${message.charAt(0).toUpperCase()}${message.slice(1)}.`.replace("..", ".");

const OFFLINE: ActError = {
  code: "UNAVAILABLE",
  message: "The server could not be reached. Nothing you typed is lost: check your connection and try again.",
  fields: [],
};

/**
 * Calls a tool from a form. One idempotency key for the same input: a double click or a resend after a lost reply has
 * one effect, and a changed form is a new request. After an error the first faulty field of `formRef` (or the message) gets the focus.
 */
export function useTool<N extends ToolName>(name: N) {
  const [pending, setPending] = useState(false);
  const [error, setError] = useState<ActError | null>(null);
  const attempt = useRef<{ input: string; key: string } | null>(null);
  const formRef = useRef<HTMLFormElement>(null);

  async function run(input: Input<N>, success?: string): Promise<Output<N> | null> {
    const typed = JSON.stringify(input);
    if (attempt.current?.input !== typed) attempt.current = { input: typed, key: crypto.randomUUID() };
    const { key } = attempt.current;
    setPending(true);
    setError(null);
    const answer = await act(name, input, key).catch(() => ({ ok: false as const, error: OFFLINE }));
    setPending(false);
    if (!answer.ok) {
      setError(answer.error);
      return null;
    }
    attempt.current = null;
    if (success) void notify(success);
    return answer.result;
  }

  useEffect(() => {
    if (!error) return;
    const faulty = formRef.current?.querySelector<HTMLElement>('[aria-invalid="true"], [role="alert"]');
    faulty?.focus({ preventScroll: true });
    // In the middle, as the message stands below the field.
    faulty?.scrollIntoView({ block: "center" });
  }, [error]);

  const fieldErrors: Record<string, string> = {};
  for (const { path, message } of error?.fields ?? []) {
    const field = path.split(".")[0] ?? path;
    fieldErrors[field] ??= error?.code === "VALIDATION_ERROR" ? say(message) : (error?.message ?? message);
  }
  /** What is said above the buttons: errors that no field is to blame for. */
  const formError = error && error.fields.length === 0 ? error.message : undefined;
  return { pending, error, fieldErrors, formError, formRef, run, clear: () => setError(null) };
}
