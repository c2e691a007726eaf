"use client";

import type { Input, Output, ToolName } from "@humans2ai/core";
import { useEffect, useRef, useState } from "react";
import { type ActError, act } from "@/server/act.ts";
import { notify } from "./toaster.tsx";

/** Schema words as a person would say them; the tools' own sentences pass unchanged. */
function say(message: string): string {
  const atLeast = /expected string to have >=(\d+)/.exec(message);
  if (atLeast)
    return atLeast[1] === "1" ? "Please fill this in." : `Write at least ${atLeast[1]} characters.`;
  const atMost = /expected string to have <=(\d+)/.exec(message);
  if (atMost) return `Keep it to ${atMost[1]} characters.`;
  if (message.startsWith("Invalid input")) return "Please fill this in.";
  if (message.startsWith("Invalid URL")) return "Give a full address that starts with https://";
  if (message.startsWith("Invalid email")) return "This is not a valid email address.";
  return message.charAt(0).toUpperCase() + message.slice(1);
}

const OFFLINE: ActError = {
  code: "UNAVAILABLE",
  message: "The server could not be reached. Nothing you typed is lost: check your connection and try again.",
  fields: [],
};

/**
 * Calls a tool from a form. One idempotency key per form: a double click or a resend after a lost reply has one
 * effect. After an error the first faulty field of `formRef` (or the message) gets the focus.
 */
export function useTool<N extends ToolName>(name: N) {
  const [pending, setPending] = useState(false);
  const [error, setError] = useState<ActError | null>(null);
  const key = useRef<string | null>(null);
  const formRef = useRef<HTMLFormElement>(null);

  async function run(input: Input<N>, success?: string): Promise<Output<N> | null> {
    key.current ??= crypto.randomUUID();
    setPending(true);
    setError(null);
    const answer = await act(name, input, key.current).catch(() => ({ ok: false as const, error: OFFLINE }));
    setPending(false);
    if (!answer.ok) {
      setError(answer.error);
      return null;
    }
    key.current = null;
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
