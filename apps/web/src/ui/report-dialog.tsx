"use client";

import { REPORT_CATEGORIES, type REPORT_OBJECTS } from "@humans2ai/core/wire";
import { Flag } from "lucide-react";
import { useState } from "react";
import { Button } from "./button.tsx";
import { Select } from "./field.tsx";
import { ReasonDialog } from "./reason-dialog.tsx";
import { useTool } from "./use-tool.ts";
import { plain } from "./words.ts";

/** The tool's own limit; the server has the last word. */
const MIN_REASON = 10;

const names = { task: "task", message: "message", submission: "proof", user: "person" };

interface Props {
  objectType: (typeof REPORT_OBJECTS)[number];
  objectId: string;
  className?: string;
}

/** A small way to tell the admins that something breaks the rules. */
export function ReportDialog({ objectType, objectId, className }: Props) {
  const { run, pending, fieldErrors, formError, formRef } = useTool("report");
  const [category, setCategory] = useState<(typeof REPORT_CATEGORIES)[number]>(REPORT_CATEGORIES[0]);
  const name = names[objectType];
  return (
    <ReasonDialog
      trigger={
        <Button variant="ghost" size="sm" className={className}>
          <Flag aria-hidden />
          <span>
            Report<span className="sr-only"> this {name}</span>
          </span>
        </Button>
      }
      title={`Report this ${name}?`}
      fields={
        <Select
          label="What is wrong"
          value={category}
          error={fieldErrors.category}
          onChange={(event) => setCategory(event.target.value as typeof category)}
        >
          {REPORT_CATEGORIES.map((word) => (
            <option key={word} value={word}>
              {plain(word)}
            </option>
          ))}
        </Select>
      }
      label="What happened"
      hint="A person of our team reads this; the other side does not."
      min={MIN_REASON}
      confirm="Send report"
      pending={pending}
      fieldError={fieldErrors.reason}
      formError={formError}
      formRef={formRef}
      onReason={async (reason) =>
        (await run({ objectType, objectId, category, reason }, "Reported. We mail you the outcome.")) !== null
      }
    >
      <p>We look at it and mail you what came of it. It changes nothing about the task or its money.</p>
    </ReasonDialog>
  );
}
