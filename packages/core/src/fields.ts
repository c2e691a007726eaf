/** The fields that tools are made of. Every field has a limit and a description. */

import { z } from "zod";
import { toAmount, toMicro } from "./codecs.ts";
import { BUDGET, transferKindNames } from "./ledger.ts";
import { statusNames } from "./statuses.ts";
import { CATEGORIES, URGENCIES } from "./vocabulary.ts";

// NUL cannot be stored in Postgres text, and lone surrogates are no text at all.
export const storable = (s: string) => !s.includes("\u0000") && s.isWellFormed();
/** Whether every text in a JSON value, its keys too, can be stored; not so what nests deeper than any input here does. */
export function storableDeep(value: unknown): boolean {
  let level = [value];
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth > 20 || level.some((one) => typeof one === "string" && !storable(one))) return false;
    level = level.flatMap((one) =>
      typeof one === "object" && one !== null ? Object.entries(one).flat() : [],
    );
  }
  return true;
}
/** Text of min..max characters after trimming. */
export const text = (max: number, min = 1) =>
  z.string().trim().min(min).max(max).refine(storable, "must not contain NUL or broken characters");

export const taskId = text(64).describe("The task ID");
export const userId = text(64);
export const category = z.enum(CATEGORIES).describe("Task category");
export const urgency = z.enum(URGENCIES).describe("Urgency level");
export const confirmationToken = text(100).optional().describe("One-time token from request_confirmation");
/** The Idempotency-Key of clients that cannot set headers. */
export const idempotencyKey = z
  .string()
  .max(255)
  .regex(/^[\x20-\x7e]+$/, "must be 1 to 255 printable ASCII characters")
  .optional()
  .describe("Your own unique key; repeat the call with it to retry safely");
export const email = z.string().trim().toLowerCase().max(254).pipe(z.email());
export const password = z
  .string()
  .min(8)
  .max(200)
  .regex(/^(?=.*\p{L})(?=.*\p{N})/su, "must include a letter and a number");
export const budget = z
  .number()
  .min(BUDGET.min)
  .max(BUDGET.max)
  .refine((n) => n > BUDGET.max || toAmount(toMicro(n)) === n, "must have at most 6 decimals")
  .describe("Budget in $A9token (1 – 100 000)");
/** An amount of $A9 that is a limit, not a payment: 0 is one too. */
export const amount = z
  .number()
  .min(0)
  .max(100_000_000)
  .refine((n) => n > 100_000_000 || toAmount(toMicro(n)) === n, "must have at most 6 decimals");
/** A point in time, as UTC: Postgres knows no offsets beyond 16 hours, and this product no years beyond 9000. */
export const pointInTime = z.iso
  .datetime({ offset: true })
  .max(40)
  .refine((at) => new Date(at).getTime() < Date.UTC(9000), "is too far away")
  .transform((at) => new Date(at).toISOString());
export const deadline = pointInTime.describe("ISO 8601 datetime with offset (1 h – 90 days from now)");
// Normalised, so that an address is percent-encoded ASCII: no NUL, no hidden text for a model to read.
export const link = z
  .url({ protocol: /^https?$/, normalize: true })
  .max(2000)
  .describe("An http(s) address");
export const reason = text(2000, 50).describe("Rejection reason (min 50 chars)");

/** Every wire status, and `rejected` as an alias of `rejected_by_agent`. */
export const statusFilter = z
  .enum([...statusNames, "rejected"])
  .transform((s) => (s === "rejected" ? ("rejected_by_agent" as const) : s))
  .describe("Filter by status");
export const transferKind = z.enum(transferKindNames).describe("Filter by type");

export const paging = {
  limit: z.int().min(1).max(100).default(20).describe("Results per page (default 20, max 100)"),
  page: z.int().min(1).max(100_000).default(1).describe("Page number (default 1)"),
};
export const pagination = z.object({
  page: z.int(),
  pageSize: z.int(),
  totalItems: z.int(),
  totalPages: z.int(),
});
export const timestamp = z.iso.datetime();
