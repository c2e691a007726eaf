/** The address of a page: whatever somebody typed after the question mark. */

export type Query = Promise<Record<string, string | string[] | undefined>>;

/** One text of the query, trimmed; undefined when it is missing or empty. */
export const one = (value: string | string[] | undefined): string | undefined =>
  (Array.isArray(value) ? value[0] : value)?.trim() || undefined;

/** The same, fit for a tool's field: an address can hold what none may (NUL, half a character, spaces alone). */
export const textOf = (value: string | string[] | undefined, max: number): string | undefined =>
  one(value)?.replaceAll("\0", "").slice(0, max).toWellFormed().trim() || undefined;

/** The value when it is one of a closed list. */
export const oneOf = <T extends string>(list: readonly T[], value: string | string[] | undefined) =>
  list.find((word) => word === one(value));

/** A page number; anything else is the first page. */
export function pageOf(value: string | string[] | undefined): number {
  const n = Number(one(value) ?? 1);
  return Number.isInteger(n) && n >= 1 && n <= 100_000 ? n : 1;
}
