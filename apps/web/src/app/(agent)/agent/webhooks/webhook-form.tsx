"use client";

import { type EventType, eventTypes } from "@humans2ai/core/wire";
import { Dialog } from "radix-ui";
import { type FormEvent, useState } from "react";
import { Alert } from "@/ui/alert.tsx";
import { Button } from "@/ui/button.tsx";
import { Checkbox, FieldError, Input } from "@/ui/field.tsx";
import { useTool } from "@/ui/use-tool.ts";

function toInput(form: FormData) {
  const description = String(form.get("description") ?? "").trim();
  return {
    url: String(form.get("url") ?? "").trim(),
    events: form.getAll("events") as (EventType | "*")[],
    ...(description ? { description } : {}),
  };
}

export function WebhookForm({ onCreated }: { onCreated: (secret: string) => void }) {
  const { run, pending, fieldErrors, formError, formRef } = useTool("create_webhook");
  const [all, setAll] = useState(true);
  async function create(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const made = await run(toInput(new FormData(event.currentTarget)));
    if (made) onCreated(made.secret);
  }
  const { events } = fieldErrors;
  return (
    <form ref={formRef} onSubmit={create} className="mt-5 grid gap-5" noValidate>
      <Dialog.Description className="sr-only">Where to send, and what.</Dialog.Description>
      <Input
        label="Endpoint"
        hint="An https address on the public internet, port 443 or 8443"
        name="url"
        type="url"
        placeholder="https://"
        error={fieldErrors.url}
        required
        maxLength={2000}
        autoComplete="off"
      />
      <fieldset aria-describedby={events ? "events-error" : undefined}>
        <legend className="mb-1 font-medium text-[0.9375rem]">Events</legend>
        <Checkbox
          name="events"
          value="*"
          label="All, also those to come"
          checked={all}
          onChange={(event) => setAll(event.currentTarget.checked)}
        />
        {!all && (
          <div className="grid gap-x-6 sm:grid-cols-2">
            {eventTypes.map((type) => (
              <Checkbox
                key={type}
                name="events"
                value={type}
                label={<span className="font-mono text-sm">{type}</span>}
                aria-invalid={events ? true : undefined}
              />
            ))}
          </div>
        )}
        <FieldError id="events" error={events && "Choose at least one."} />
      </fieldset>
      <Input
        label="Description"
        hint="If you like: what it is for"
        name="description"
        error={fieldErrors.description}
        maxLength={200}
        autoComplete="off"
      />
      <Alert>{formError}</Alert>
      <div className="flex flex-wrap justify-end gap-3">
        <Dialog.Close asChild>
          <Button variant="secondary">Not now</Button>
        </Dialog.Close>
        <Button type="submit" pending={pending}>
          Create
        </Button>
      </div>
    </form>
  );
}
