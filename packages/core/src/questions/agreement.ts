/** How far answers agree, field by field. */

import { without } from "../codecs.ts";
import { type Answer, type Field, leaves } from "./schema.ts";

export interface Agreement {
  field: string;
  /** What most answered; null where nobody did, or where two answers were given equally often. */
  majority: string | number | boolean | string[] | null;
  count: number;
  of: number;
  share: number;
  confidence: number;
  median?: number;
}

const Z = 1.96;

/**
 * The lower end of Wilson's 95 % interval for a share of `count` in `of`: how large the share among all people is at
 * least, as far as so few answers can tell. 1 of 1 gives 0.21, 5 of 5 gives 0.57, 50 of 50 gives 0.93.
 */
export function wilson(count: number, of: number): number {
  if (count === 0) return 0;
  const share = count / of;
  const spread = Z * Math.sqrt((share * (1 - share)) / of + (Z * Z) / (4 * of * of));
  return (share + (Z * Z) / (2 * of) - spread) / (1 + (Z * Z) / of);
}

export function median(numbers: readonly number[]): number | undefined {
  if (numbers.length === 0) return undefined;
  const sorted = [...numbers].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? sorted[middle] : sorted[middle - 1]! / 2 + sorted[middle]! / 2;
}

const two = (n: number) => Math.round(n * 100) / 100;

/** What is longer is compared as it stands from here on: one sign can become eighteen by NFKC. */
const COMPARED = 500;

/** Whether two answers are the same: texts without regard to case, spaces, and punctuation at their ends. */
function sameAs(value: Answer): string {
  if (Array.isArray(value)) return JSON.stringify(value.map(sameAs).sort());
  if (typeof value !== "string") return JSON.stringify(value);
  const [start, rest] = [value.slice(0, COMPARED), value.slice(COMPARED)];
  const folded = start.normalize("NFKC").slice(0, COMPARED).toLowerCase();
  const plain = folded.replace(/\s+/g, " ").trim();
  return (without(/[\p{P} ]/u, plain) || plain) + rest;
}

/** The value of one field, if it was given. */
function valueAt(answer: Answer, path: string): [Answer] | [] {
  let value: Answer | undefined = answer;
  for (const name of path.split(".")) {
    const isGroup: boolean = typeof value === "object" && !Array.isArray(value) && Object.hasOwn(value, name);
    value = isGroup ? (value as Record<string, Answer>)[name] : undefined;
  }
  return value === undefined ? [] : [value];
}

/** The agreement of each field of a form; an answer that leaves a field out has no vote in it. */
export function agreementOf(form: Field, answers: readonly Answer[]): Agreement[] {
  return leaves(form).map(({ path, field }) => {
    const values = form.kind === "group" ? answers.flatMap((answer) => valueAt(answer, path)) : [...answers];
    return { field: path, ...agreed(values), ...middle(field, values) };
  });
}

function middle(field: Field, values: readonly unknown[]): { median?: number } {
  if (field.kind !== "number") return {};
  const found = median(values.filter((value) => typeof value === "number"));
  return found === undefined ? {} : { median: found };
}

function agreed(values: readonly Answer[]): Omit<Agreement, "field" | "median"> {
  const votes = new Map<string, { value: Answer; count: number }>();
  for (const value of values) {
    const same = sameAs(value);
    const vote = votes.get(same) ?? { value, count: 0 };
    vote.count += 1;
    votes.set(same, vote);
  }
  const [first, second] = [...votes.values()].sort((a, b) => b.count - a.count);
  const count = first?.count ?? 0;
  const isTie = first !== undefined && second?.count === count;
  return {
    majority: first === undefined || isTie ? null : (first.value as Agreement["majority"]),
    count,
    of: values.length,
    share: values.length === 0 ? 0 : two(count / values.length),
    confidence: two(wilson(count, values.length)),
  };
}
