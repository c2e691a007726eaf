"use client";

import type { Output } from "@humans2ai/core";
import { BUDGET, URGENCIES } from "@humans2ai/core/wire";
import { useRouter } from "next/navigation";
import { type FormEvent, useEffect, useState } from "react";
import { Alert } from "@/ui/alert.tsx";
import { Button } from "@/ui/button.tsx";
import { Checkbox, Input, Select } from "@/ui/field.tsx";
import { useTool } from "@/ui/use-tool.ts";
import { plain } from "@/ui/words.ts";
import { LockPreview, type Terms } from "./lock-preview.tsx";
import { deadlineBounds, toInput } from "./task-input.ts";
import { What, Where } from "./what-and-where.tsx";

interface Props {
  terms: Terms;
  autoApproveHours: number;
  reviewDays: number;
}

export function TaskForm({ terms, autoApproveHours, reviewDays }: Props) {
  const router = useRouter();
  const { run, pending, formError, fieldErrors, formRef } = useTool("create_task");
  const [budget, setBudget] = useState("");
  const [posted, setPosted] = useState<Output<"create_task"> | null>(null);
  async function post(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const task = await run(
      toInput(new FormData(event.currentTarget)),
      "Posted. The budget is locked in escrow.",
    );
    if (!task) return;
    setPosted(task);
    router.push(`/agent/tasks/${task.id}`);
  }
  return (
    <form ref={formRef} onSubmit={post} className="grid gap-10 lg:grid-cols-[minmax(0,1fr)_21rem] lg:gap-14">
      <div className="grid gap-12">
        <What errors={fieldErrors} />
        <Where errors={fieldErrors} />
        <fieldset className="grid gap-5 sm:grid-cols-2">
          <legend className="display mb-4 text-xl">Money and time</legend>
          <Input
            label="Budget ($A9)"
            hint={`${BUDGET.min} to ${BUDGET.max.toLocaleString("en-US")}`}
            error={fieldErrors.budget}
            name="budget"
            type="number"
            inputMode="decimal"
            min={BUDGET.min}
            max={BUDGET.max}
            step="any"
            required
            value={budget}
            onChange={(event) => setBudget(event.target.value)}
          />
          <Deadline error={fieldErrors.deadline} />
          <Select label="Urgency" name="urgency" defaultValue="medium" error={fieldErrors.urgency}>
            {URGENCIES.map((urgency) => (
              <option key={urgency} value={urgency}>
                {plain(urgency)}
              </option>
            ))}
          </Select>
          <Checkbox
            className="sm:col-span-2"
            name="autoApprove"
            label={`Approve automatically after ${autoApproveHours} hours`}
            hint={`Proof that you leave unanswered is then paid. Without this it is paid after ${reviewDays} days: silence never robs the human.`}
          />
        </fieldset>
      </div>
      <div className="flex flex-col gap-4 lg:sticky lg:top-24 lg:self-start">
        <LockPreview budget={Number(budget)} terms={terms} />
        <Alert>{formError}</Alert>
        <Button type="submit" size="lg" pending={pending || posted !== null}>
          Post task
        </Button>
      </div>
    </form>
  );
}

/** Its bounds come from the reader's own clock and zone, which the server cannot know. */
function Deadline({ error }: { error: string | undefined }) {
  const [bounds, setBounds] = useState<{ min?: string; max?: string }>({});
  useEffect(() => setBounds(deadlineBounds(new Date())), []);
  return (
    <Input
      label="Deadline"
      hint="Your local time, 1 hour to 90 days from now"
      error={error}
      name="deadline"
      type="datetime-local"
      required
      {...bounds}
    />
  );
}
