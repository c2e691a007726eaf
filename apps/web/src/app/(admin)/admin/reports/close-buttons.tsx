"use client";

import { Button } from "@/ui/button.tsx";
import { ReasonDialog } from "@/ui/reason-dialog.tsx";
import { useTool } from "@/ui/use-tool.ts";

/** The tool's own limit; the server has the last word. */
const MIN_NOTE = 10;

export function CloseButtons({ reportId }: { reportId: string }) {
  return (
    <div className="mt-4 flex flex-wrap gap-3 border-line border-t border-dashed pt-5">
      <Close reportId={reportId} outcome="acted" label="Acted upon" title="Close as acted upon?">
        Do what has to be done first: suspend the user, or decline or decide the task.
      </Close>
      <Close reportId={reportId} outcome="dismissed" label="Dismiss" title="Dismiss this report?">
        Nothing happens to what was reported.
      </Close>
    </div>
  );
}

interface Props {
  reportId: string;
  outcome: "acted" | "dismissed";
  label: string;
  title: string;
  children: string;
}

function Close({ reportId, outcome, label, title, children }: Props) {
  const { run, pending, fieldErrors, formError, formRef } = useTool("resolve_report");
  return (
    <ReasonDialog
      trigger={
        <Button variant="secondary" aria-describedby={reportId}>
          {label}
        </Button>
      }
      title={title}
      label="Note to the reporter"
      hint="They are mailed this."
      min={MIN_NOTE}
      confirm="Close the report"
      pending={pending}
      fieldError={fieldErrors.note}
      formError={formError}
      formRef={formRef}
      onReason={async (note) => (await run({ reportId, outcome, note }, "Closed.")) !== null}
    >
      <p>{children}</p>
    </ReasonDialog>
  );
}
