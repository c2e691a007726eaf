/** How the audit is read: one page of entries by a cursor, newest first. */

import { and, desc, eq, lt, type SQL, sql } from "drizzle-orm";
import { z } from "zod";
import type { Context } from "../context.ts";
import { auditEntries as a } from "../db/schema.ts";
import { pointInTime, text, timestamp } from "../fields.ts";
import { ours } from "../untrusted/mark.ts";
import { CHANNELS } from "./entry.ts";
import { lastSeal } from "./seals.ts";

export const auditFilters = {
  tool: text(60).optional().describe("Only this action"),
  taskId: text(64).optional().describe("Only what was done to this task"),
  outcome: text(60).optional().describe("ok, or the code of a refusal"),
  channel: z.enum(CHANNELS).optional().describe("Only through this door"),
  from: pointInTime.optional().describe("ISO 8601: not before"),
  to: pointInTime.optional().describe("ISO 8601: before"),
};
export const auditPaging = {
  limit: z.int().min(1).max(500).default(50).describe("Entries per page (default 50, max 500)"),
  cursor: text(20)
    .regex(/^[1-9]\d{0,17}$/, "is not a cursor of this list")
    .optional()
    .describe("nextCursor of the page before"),
};

/** What all who read the audit are told of an entry. */
export const ownEntry = z.object({
  n: z.int(),
  at: timestamp,
  tool: ours(),
  outcome: ours(),
  channel: ours(),
  role: ours(),
  actorId: z.string().nullable().describe("Who did it; null for staff and strangers"),
  via: ours(),
  keyId: z.string().nullable(),
  ip: ours(z.string().describe("From where; null for what others did")).nullable(),
  object: z.string().nullable().describe("The id of what it was done to"),
  sealed: z.boolean().describe("Covered by a signed seal"),
});

/** With what it takes to compute the hash again: see docs/audit.md. */
export const fullEntry = ownEntry.extend({
  actorId: z.string(),
  accountId: z.string().nullable(),
  request: ours(z.string().describe("SHA-256 of the idempotency key")).nullable(),
  params: ours(z.string().describe("SHA-256 of the parameters without secrets")).nullable(),
  hash: ours(),
});
export type FullEntry = z.input<typeof fullEntry>;

export interface AuditFilters {
  tool?: string | undefined;
  taskId?: string | undefined;
  outcome?: string | undefined;
  channel?: string | undefined;
  from?: string | undefined;
  to?: string | undefined;
}

export const filtered = (f: AuditFilters): SQL[] => [
  ...(f.tool ? [eq(a.tool, f.tool)] : []),
  ...(f.taskId ? [eq(a.object, f.taskId)] : []),
  ...(f.outcome ? [eq(a.outcome, f.outcome)] : []),
  ...(f.channel ? [eq(a.channel, f.channel)] : []),
  ...(f.from ? [sql`${a.at} >= ${f.from}`] : []),
  ...(f.to ? [sql`${a.at} < ${f.to}`] : []),
];

const hex = (column: SQL | typeof a.hash | typeof a.params) => sql<string>`encode(${column}, 'hex')`;

/** A page of what the conditions find, and the cursor of the next one, if there is one. */
export async function findEntries(
  ctx: Context,
  conditions: SQL[],
  { cursor, limit }: { cursor?: string | undefined; limit: number },
): Promise<{ entries: FullEntry[]; nextCursor: string | null; sealedTo: number }> {
  const before = cursor ? [lt(a.n, BigInt(cursor))] : [];
  const newest = await lastSeal(ctx.sql);
  const sealedTo = Number(newest?.last ?? 0);
  const found = await ctx.db
    .select({
      n: sql<number>`${a.n}::float8`,
      at: sql<string>`to_char(${a.at} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`,
      tool: a.tool,
      outcome: a.outcome,
      channel: a.channel,
      role: a.role,
      actorId: a.actor,
      via: a.via,
      keyId: a.keyId,
      ip: a.ip,
      object: a.object,
      accountId: a.account,
      request: hex(sql`${a.request}`),
      params: hex(a.params),
      hash: hex(a.hash),
    })
    .from(a)
    .where(and(...conditions, ...before))
    .orderBy(desc(a.n))
    .limit(limit + 1);
  const entries = found.slice(0, limit).map((entry) => ({ ...entry, sealed: entry.n <= sealedTo }));
  const more = found.length > limit;
  return { entries, nextCursor: more ? String(entries.at(-1)!.n) : null, sealedTo };
}
