"use client";

import { Check, Copy } from "lucide-react";
import { useEffect, useState } from "react";
import { Button } from "./button.tsx";

export function CopyButton({ text, label = "Copy" }: { text: string; label?: string }) {
  const [state, setState] = useState<"idle" | "done" | "failed">("idle");
  useEffect(() => {
    if (state === "idle") return;
    const timer = setTimeout(() => setState("idle"), 2500);
    return () => clearTimeout(timer);
  }, [state]);
  async function copy() {
    try {
      await navigator.clipboard.writeText(text);
      setState("done");
    } catch {
      // Without permission or https there is no clipboard: the person selects and copies.
      setState("failed");
    }
  }
  const words = { idle: label, done: "Copied", failed: "Press Ctrl+C" };
  return (
    <Button variant="secondary" size="sm" onClick={copy}>
      {state === "done" ? <Check aria-hidden /> : <Copy aria-hidden />}
      <span aria-live="polite">{words[state]}</span>
    </Button>
  );
}
