"use client";

import type { Input as In, Output, ToolName } from "@humans2ai/core";
import { useEffect, useState } from "react";
import { Input } from "./field.tsx";
import { signInAgain } from "./session.ts";
import { useTool } from "./use-tool.ts";

const NEEDED = "FRESH_SIGN_IN_REQUIRED";

/**
 * A tool that wants a sign-in of the last minutes: when the server says so, the form shows `password`, a field for it,
 * and its next submit signs in first. Put `password` into the form of `formRef`.
 */
export function useFreshTool<N extends ToolName>(name: N) {
  const tool = useTool(name);
  const [asked, setAsked] = useState(false);
  const [checking, setChecking] = useState(false);
  const [wrong, setWrong] = useState<string | null>(null);
  const needed = tool.error?.code === NEEDED;
  useEffect(() => {
    if (needed) setAsked(true);
  }, [needed]);

  async function run(input: In<N>, success?: string): Promise<Output<N> | null> {
    if (asked) {
      const field = tool.formRef.current?.querySelector<HTMLInputElement>('[name="password"]');
      setChecking(true);
      const failed = await signInAgain(field?.value ?? "");
      setChecking(false);
      setWrong(failed);
      if (failed) {
        field?.focus();
        return null;
      }
      setAsked(false);
    }
    return tool.run(input, success);
  }

  const password = asked && (
    <Input
      label="Your password"
      hint="You signed in a while ago, and this changes who may spend your money."
      name="password"
      type="password"
      autoComplete="current-password"
      error={wrong ?? undefined}
      required
      maxLength={200}
      // The one thing that is left to do.
      autoFocus
    />
  );
  const formError = needed ? undefined : tool.formError;
  return { ...tool, run, password, formError, pending: tool.pending || checking };
}
