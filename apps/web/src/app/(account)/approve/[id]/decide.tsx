"use client";

import { Check, X } from "lucide-react";
import { useState } from "react";
import { Alert } from "@/ui/alert.tsx";
import { Button } from "@/ui/button.tsx";
import { useTool } from "@/ui/use-tool.ts";

/** The two answers. The page then shows which one was given. */
export function Decide({ confirmationId }: { confirmationId: string }) {
  const { run, pending, formError } = useTool("decide_confirmation");
  const [given, setGiven] = useState<"yes" | "no">();
  const decide = async (answer: "yes" | "no") => {
    setGiven(answer);
    await run({ confirmationId, answer }, answer === "yes" ? "You said yes." : "You said no.");
  };
  return (
    <div className="mt-5 flex flex-col gap-4">
      <Alert>{formError}</Alert>
      <div className="flex flex-wrap gap-3">
        <Button
          size="lg"
          pending={pending && given === "yes"}
          disabled={pending}
          onClick={() => decide("yes")}
        >
          <Check aria-hidden /> Yes, do it
        </Button>
        <Button
          size="lg"
          variant="danger"
          pending={pending && given === "no"}
          disabled={pending}
          onClick={() => decide("no")}
        >
          <X aria-hidden /> No
        </Button>
      </div>
    </div>
  );
}
