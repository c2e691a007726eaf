"use client";

import { type FormEvent, useState } from "react";
import { Alert } from "@/ui/alert.tsx";
import { Button } from "@/ui/button.tsx";
import { Input, Textarea } from "@/ui/field.tsx";
import { FileUpload, useUploads } from "@/ui/file-upload.tsx";
import { useTool } from "@/ui/use-tool.ts";
import { toNextStep } from "./to-next-step.ts";

interface Props {
  taskId: string;
  again: boolean;
  requirements: string[];
  /** The rejected proof's words and links, to go on from. */
  before: { text: string; links: string[] } | null;
}

const UNFINISHED = {
  busy: "Some files are still on their way. Wait for them, or remove them.",
  failed: "Some files did not arrive. Try them again, or remove them.",
};

export function ProofForm({ taskId, again, requirements, before }: Props) {
  const { run, pending, fieldErrors, formError, formRef } = useTool("submit_proof");
  const uploads = useUploads();
  const [unfinished, setUnfinished] = useState<string | undefined>();

  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const waitsFor = uploads.busy ? UNFINISHED.busy : uploads.failed ? UNFINISHED.failed : undefined;
    setUnfinished(waitsFor);
    if (waitsFor) return;
    const data = new FormData(event.currentTarget);
    const text = String(data.get("text"));
    const links = String(data.get("links")).split(/\s+/).filter(Boolean);
    const sent = await run({ taskId, text, links, fileIds: uploads.fileIds }, "Proof sent");
    if (sent) toNextStep();
  }

  return (
    <form ref={formRef} onSubmit={submit} className="flex min-w-0 flex-col gap-5">
      {requirements.length > 0 && <Checklist items={requirements} />}
      <Alert>{formError}</Alert>
      <Textarea
        label="What you did"
        name="text"
        required
        maxLength={10_000}
        rows={5}
        defaultValue={before?.text}
        error={fieldErrors.text}
      />
      <Input
        label="Links"
        hint="Optional. Full addresses; put a space between several."
        name="links"
        inputMode="url"
        autoComplete="off"
        defaultValue={before?.links.join(" ")}
        error={fieldErrors.links}
      />
      <FileUpload uploads={uploads} error={unfinished ?? fieldErrors.fileIds} />
      {again && (
        <p className="text-sm text-soft">Earlier files stay with the earlier proof; add what is new.</p>
      )}
      <Button type="submit" size="lg" pending={pending}>
        {again ? "Submit again" : "Submit proof"}
      </Button>
    </form>
  );
}

/** For the person's own eyes before sending; nothing of it is kept. */
function Checklist({ items }: { items: string[] }) {
  return (
    <div className="rounded-control bg-sunk p-4">
      <p className="font-medium text-sm">Check before you send</p>
      <ul className="mt-2">
        {items.map((requirement) => (
          <li key={requirement}>
            <label className="flex min-h-11 items-center gap-3">
              <input type="checkbox" className="size-5 shrink-0 accent-accent" />
              <span className="min-w-0 break-words">{requirement}</span>
            </label>
          </li>
        ))}
      </ul>
    </div>
  );
}
