/** What is wrong with an input, in words that a person and a model can act on. */

import type { z } from "zod";
import { echoName } from "./errors/row.ts";

export interface Fault {
  path: string;
  message: string;
  code: string;
  /** The bound that was crossed, for refusals that quote it. */
  limit: unknown;
}

const TYPES: Record<string, string> = {
  string: "text",
  number: "a number",
  int: "a whole number",
  boolean: "true or false",
  array: "a list",
  object: "an object",
  record: "an object",
  null: "null",
};
const FORMATS: Record<string, string> = {
  email: "is not a valid email address",
  url: "is not a full web address, like https://example.com/page",
  datetime: "must be an ISO 8601 date and time with an offset, like 2026-03-05T18:00:00+08:00",
};
const UNITS: Record<string, string> = { string: " characters", array: " items" };

/** The sentence of one fault; it follows the name of its field. A schema's own message goes before it. */
export function sayIssue(issue: z.core.$ZodRawIssue): string {
  if (issue.input === undefined && issue.code !== "custom") return "is required";
  switch (issue.code) {
    case "invalid_type":
      return `must be ${TYPES[issue.expected] ?? issue.expected}`;
    case "invalid_value":
      return issue.values.length === 1
        ? `must be ${String(issue.values[0])}`
        : `must be one of ${issue.values.join(", ")}`;
    case "too_small":
      if (issue.minimum === 1 && issue.origin in UNITS) return "must not be empty";
      return `must ${UNITS[issue.origin] ? "have" : "be"} at least ${issue.minimum}${UNITS[issue.origin] ?? ""}`;
    case "too_big":
      return `must ${UNITS[issue.origin] ? "have" : "be"} at most ${issue.maximum}${UNITS[issue.origin] ?? ""}`;
    case "invalid_format":
      return FORMATS[issue.format] ?? "does not have the right form";
    case "unrecognized_keys":
      return "is not a known parameter";
    case "invalid_union":
      return "must be text, a number, true, false, null, or a list of these";
    default:
      return "is not valid";
  }
}

const MOST = 15;

/** The first fault of each field, an unknown field under its own name; of very many only the first few. */
export function faultsOf(error: z.core.$ZodError): Fault[] {
  const found = new Map<string, Fault>();
  for (const issue of error.issues) {
    const { code, message } = issue;
    const limit = "minimum" in issue ? issue.minimum : "maximum" in issue ? issue.maximum : null;
    const at = issue.path.map((part) => echoName(String(part)));
    const names = issue.code === "unrecognized_keys" ? issue.keys.slice(0, MOST + 1) : [null];
    for (const name of names) {
      if (found.size > MOST) return [...found.values()];
      const path = (name === null ? at : [...at, echoName(name)]).join(".");
      if (!found.has(path)) found.set(path, { path, message, code, limit });
    }
  }
  return [...found.values()];
}

/** All faults in one line; when there are very many, the first few. */
export function sayFaults(faults: Fault[]): string {
  const lines = faults.slice(0, MOST).map((f) => `${f.path || "input"}: ${f.message}`);
  if (faults.length > MOST) lines.push("and more");
  return lines.join("; ");
}
