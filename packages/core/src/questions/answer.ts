/** An answer against its form: what the door checks, and what the browser checks before it is sent. */

import { type Answer, type Field, type Format, LARGEST } from "./schema.ts";

export interface AnswerFault {
  /** The field, dotted; "answer" for an answer that is one value. */
  path: string;
  message: string;
}

/** The answer as it is kept (texts trimmed, nothing that was not asked for), or what is wrong with which field. */
export function checkAnswer(form: Field, value: unknown): { answer: Answer } | { faults: AnswerFault[] } {
  const faults: AnswerFault[] = [];
  const blame: Blame = (path, message) => void faults.push({ path: path || "answer", message });
  const answer = check(needed(form), value, "", blame);
  if (faults.length > 0 || answer === undefined) return { faults };
  if (form.kind === "text" && form.format === null && !/[\p{L}\p{N}]/u.test(answer as string)) {
    blame("", "must have a letter or a digit");
  }
  if (lengthOf(answer) > LONGEST_ANSWER) blame("", `must have at most ${LONGEST_ANSWER} characters in all`);
  return faults.length > 0 ? { faults } : { answer };
}

/** All texts of an answer together, in characters: what is judged, kept and shown of it as one text. */
export const LONGEST_ANSWER = 10_000;

function lengthOf(answer: Answer): number {
  if (typeof answer === "string") return answer.length;
  if (typeof answer !== "object") return 0;
  return Object.values(answer).reduce((sum: number, one: Answer) => sum + lengthOf(one), 0);
}

type Blame = (path: string, message: string) => void;

/** The value as it is kept; undefined when it is at fault, which has been blamed then. */
function check(field: Field, value: unknown, path: string, blame: Blame): Answer | undefined {
  const blamed = (message: string) => {
    blame(path, message);
    return undefined;
  };
  switch (field.kind) {
    case "text":
      return text(value, field, blamed);
    case "yes_no":
      return typeof value === "boolean" ? value : blamed("must be yes or no");
    case "choice":
      return field.options.includes(value as string)
        ? (value as string)
        : blamed("must be one of the options");
    case "number":
      return number(value, field, blamed);
    case "choices":
    case "list":
      return list(value, field, path, blame);
    case "group":
      return group(value, field, path, blame);
  }
}

type Blamed = (message: string) => undefined;

function text(
  value: unknown,
  { min, max, format }: { min: number; max: number; format: Format | null },
  blamed: Blamed,
): string | undefined {
  if (typeof value !== "string") return blamed("must be text");
  if (value.includes("\u0000") || !value.isWellFormed())
    return blamed("must not contain NUL or broken characters");
  const trimmed = value.trim();
  if (trimmed.length < min)
    return blamed(min === 1 ? "must not be empty" : `must have at least ${min} characters`);
  if (trimmed.length > max) return blamed(`must have at most ${max} characters`);
  if (format !== null && trimmed !== "" && !formats[format].fits(trimmed))
    return blamed(formats[format].fault);
  return trimmed;
}

function number(
  value: unknown,
  { whole, min, max }: { whole: boolean; min: number | null; max: number | null },
  blamed: Blamed,
): number | undefined {
  if (typeof value !== "number" || !Number.isFinite(value)) return blamed("must be a number");
  if (Math.abs(value) > LARGEST) return blamed(`must be from -${LARGEST} to ${LARGEST}`);
  if (whole && !Number.isSafeInteger(value)) return blamed("must be a whole number");
  if (min !== null && value < min) return blamed(`must be at least ${min}`);
  if (max !== null && value > max) return blamed(`must be at most ${max}`);
  return value === 0 ? 0 : value; // no negative zero
}

function list(
  value: unknown,
  field: Extract<Field, { kind: "choices" | "list" }>,
  path: string,
  blame: Blame,
): string[] | undefined {
  const { min, max } = field;
  if (!Array.isArray(value)) {
    blame(path, "must be a list");
    return undefined;
  }
  if (value.length < min || value.length > max) {
    const only = min === max ? `exactly ${min}` : `${min} to ${max}`;
    blame(path, `must have ${only} ${field.kind === "list" ? "lines" : "choices"}`);
    return undefined;
  }
  const { kind } = field;
  const kept = value.map((one, i) => {
    const at: Blamed = (message) => {
      blame(path, kind === "list" ? `line ${i + 1} ${message}` : message);
      return undefined;
    };
    if (kind === "list") return text(one, { min: 1, max: field.longest, format: field.format }, at);
    return field.options.includes(one) ? (one as string) : at("must be of the options");
  });
  if (kind === "choices" && new Set(kept).size < kept.length) blame(path, "must not name an option twice");
  return kept.filter((one) => one !== undefined);
}

function group(
  value: unknown,
  { fields }: Extract<Field, { kind: "group" }>,
  path: string,
  blame: Blame,
): Answer | undefined {
  const below = (name: string) => (path ? `${path}.${name}` : name);
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    blame(path, "must be an object");
    return undefined;
  }
  const given = value as Record<string, unknown>;
  if (Object.keys(given).some((name) => !fields.some((f) => f.name === name))) {
    blame(path, "must have no fields but those asked for");
  }
  const entries = fields.flatMap(({ name, required, field }): [string, Answer][] => {
    const own = Object.hasOwn(given, name) ? given[name] : undefined;
    if (own === undefined && !required) return [];
    if (own === undefined) {
      blame(below(name), "is required");
      return [];
    }
    const kept = check(required ? needed(field) : field, own, below(name), blame);
    return kept === undefined ? [] : [[name, kept]];
  });
  return Object.fromEntries(entries);
}

/** A text that is required is not empty. */
const needed = (field: Field): Field =>
  field.kind === "text" ? { ...field, min: Math.max(1, field.min) } : field;

const formats: Record<Format, { fits: (text: string) => boolean; fault: string }> = {
  email: {
    fits: (t) => t.length <= 254 && /^[^\s@]+@[^\s@.]+(\.[^\s@.]+)+$/.test(t),
    fault: "must be an email address",
  },
  uri: {
    fits: (t) => URL.canParse(t) && /^https?:\/\//i.test(t),
    fault: "must be a full web address, like https://example.com/page",
  },
  date: {
    fits: (t) => /^\d{4}-\d\d-\d\d$/.test(t) && isTime(`${t}T00:00:00Z`, t),
    fault: "must be a date, like 2026-03-05",
  },
  "date-time": {
    fits: (t) => /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,6})?)?(Z|[+-]\d\d:\d\d)$/.test(t) && isTime(t, t),
    fault: "must be a date and time with an offset, like 2026-03-05T18:00:00Z",
  },
};

/** A time that exists: JavaScript takes the 30th of February for the 2nd of March. */
function isTime(iso: string, text: string): boolean {
  const at = new Date(iso);
  const day = new Date(`${text.slice(0, 10)}T00:00:00Z`);
  return (
    !Number.isNaN(at.getTime()) &&
    !Number.isNaN(day.getTime()) &&
    day.toISOString().startsWith(text.slice(0, 10))
  );
}

/** An answer as lines of text: what stands where proofs are shown. */
export function readable(form: Field, answer: Answer, name = ""): string {
  if (form.kind === "group" && typeof answer === "object" && !Array.isArray(answer)) {
    const lines = form.fields.flatMap((f) => {
      const own = answer[f.name];
      return own === undefined ? [] : [readable(f.field, own, f.field.title ?? f.name)];
    });
    return [...(name ? [`${name}:`] : []), ...lines].join("\n");
  }
  const said =
    typeof answer === "boolean"
      ? answer
        ? "yes"
        : "no"
      : Array.isArray(answer)
        ? answer.join(", ")
        : String(answer);
  return name ? `${name}: ${said}` : said;
}
