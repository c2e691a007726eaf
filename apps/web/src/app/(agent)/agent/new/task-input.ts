/** What was typed, as the tool takes it. */

import type { Input } from "@humans2ai/core";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

const linesOf = (text: string, separator: RegExp) =>
  text
    .split(separator)
    .map((line) => line.trim())
    .filter(Boolean);

export function toInput(form: FormData): Input<"create_task"> {
  const text = (name: string) => String(form.get(name) ?? "").trim();
  const deadline = new Date(text("deadline"));
  return {
    title: text("title"),
    description: text("description"),
    category: text("category") as Input<"create_task">["category"],
    urgency: text("urgency") as Input<"create_task">["urgency"],
    budget: Number(text("budget")),
    deadline: Number.isNaN(deadline.getTime()) ? text("deadline") : deadline.toISOString(),
    ...(text("location") ? { location: text("location") } : {}),
    remote: form.has("remote"),
    requirements: linesOf(text("requirements"), /\n/),
    skillsRequired: linesOf(text("skills"), /[,\n]/),
    autoApprove: form.has("autoApprove"),
  };
}

/** The bounds of a deadline in the form of a datetime-local input, which knows no zone. */
export function deadlineBounds(now: Date): { min: string; max: string } {
  const local = (ms: number) => {
    const at = new Date(ms - now.getTimezoneOffset() * 60_000);
    return at.toISOString().slice(0, 16);
  };
  return { min: local(now.getTime() + HOUR + 60_000), max: local(now.getTime() + 90 * DAY) };
}
