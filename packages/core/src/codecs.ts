/** Conversions between what the database, the code and the wire hold. */

import { MICRO } from "./ledger.ts";

/** Micro-$A9 → the decimal number of the wire. Exact: at most 6 decimals, and amounts stay far below 2^53 micro. */
export const toAmount = (micro: bigint | number | string): number => Number(micro) / Number(MICRO);

/** A decimal number of the wire (at most 6 decimals) → micro-$A9. */
export const toMicro = (amount: number): bigint => BigInt(Math.round(amount * Number(MICRO)));

/** The database's timestamp text, or a Date → ISO 8601 in UTC. */
export const toIso = (at: string | Date): string => new Date(at).toISOString();
export const toIsoOrNull = (at: string | Date | null | undefined): string | null => (at ? toIso(at) : null);

/** JSON with sorted keys: equal values give equal text, whatever order their keys came in. */
export function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`;
  if (value !== null && typeof value === "object") {
    const entries = Object.entries(value).filter(([, v]) => v !== undefined);
    entries.sort(([a], [b]) => (a < b ? -1 : 1));
    return `{${entries.map(([k, v]) => `${JSON.stringify(k)}:${canonical(v)}`).join(",")}}`;
  }
  return JSON.stringify(value) ?? "null";
}

/** A text without the characters at its ends that `cut` matches. A pattern for it takes quadratic time on long runs. */
export function without(cut: RegExp, text: string): string {
  const chars = [...text];
  let [from, to] = [0, chars.length];
  while (from < to && cut.test(chars[from]!)) from += 1;
  while (to > from && cut.test(chars[to - 1]!)) to -= 1;
  return chars.slice(from, to).join("");
}

// Control, format and ignorable characters but tab and newline (zero-width, bidi controls, tags, variation
// selectors, fillers): invisible to a person, legible to a model, the carrier of most hidden instructions.
const INVISIBLE = /(?![\t\n])[\p{Cc}\p{Cf}\p{Default_Ignorable_Code_Point}]/gu;

/** A text without what nobody sees. */
export const visible = (text: string): string => text.replace(INVISIBLE, "");

/** Text that a human wrote, made fit for a model's eyes: NFKC, and nothing in it that a person could not see. */
export const forModel = (text: string): string => visible(text.normalize("NFKC"));
