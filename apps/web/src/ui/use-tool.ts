"use client";

import type { Input, Output, ToolName } from "@humans2ai/core";
import { useEffect, useRef, useState } from "react";
import { type ActError, act } from "@/server/act.ts";
import { notify } from "./toaster.tsx";

/** The core's words follow the name of a field ("must not be empty"); below the field they are a sentence. */
const say = (message: string) => `This ${message}.`;

const OFFLINE: ActError = {
  code: "UNAVAILABLE",
  message: "The server could not be reached. Nothing you typed is lost: check your connection and try again.",
  fields: [],
};

/** After these nobody knows whether it was done. */
const UNKNOWN = new Set<string>(["UNAVAILABLE", "INTERNAL_ERROR"]);

/**
 * Calls a tool from a form. One idempotency key for the same input: a double click or a resend after a lost reply has
 * one effect, and a changed form is a new request. After an error the first faulty field of `formRef` (or the message) gets the focus.
 */
export function useTool<N extends ToolName>(name: N) {
  const [pending, setPending] = useState(false);
  const [error, setError] = useState<ActError | null>(null);
  const attempt = useRef<{ input: string; key: string; lost: boolean } | null>(null);
  const formRef = useRef<HTMLFormElement>(null);

  async function run(input: Input<N>, success?: string): Promise<Output<N> | null> {
    const typed = JSON.stringify(input);
    // After a lost reply the first request may have arrived: then even a changed form keeps its key.
    if (!attempt.current || (attempt.current.input !== typed && !attempt.current.lost)) {
      attempt.current = { input: typed, key: crypto.randomUUID(), lost: false };
    }
    const { key } = attempt.current;
    setPending(true);
    setError(null);
    const answer = await act(name, input, key).catch(() => ({ ok: false as const, error: OFFLINE }));
    setPending(false);
    if (!answer.ok) {
      attempt.current.lost = UNKNOWN.has(answer.error.code);
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
