/** API keys: what the tools that make, change and list them share. */

import { and, eq } from "drizzle-orm";
import { z } from "zod";
import { isIpRange } from "./auth/addresses.ts";
import { hashToken, newSecret } from "./auth/tokens.ts";
import { toAmount, toIso, toMicro } from "./codecs.ts";
import type { Context } from "./context.ts";
import { apiKeys, clockNow } from "./db/schema.ts";
import { Refusal } from "./errors.ts";
import { amount, pointInTime, text, timestamp, userId } from "./fields.ts";
import { ours } from "./untrusted/mark.ts";
import { PERMISSIONS, type Permission } from "./vocabulary.ts";

type KeyRow = typeof apiKeys.$inferSelect;

const money = amount.nullable();
export const apiKeyShape = z.object({
  id: z.string(),
  name: ours(),
  prefix: ours(),
  permissions: z.array(z.enum(PERMISSIONS)),
  allowedIps: z.array(ours()),
  maxPerTask: money,
  maxPerDay: money,
  confirmAbove: money,
  expiresAt: timestamp.nullable(),
  daysLeft: z.int().nullable().describe("Whole days until it expires; null: it never does, or it has ended"),
  revokedAt: timestamp.nullable(),
  lastUsedAt: timestamp.nullable(),
  lastUsedFrom: ours(z.string().describe("IP address of the last use")).nullable(),
  createdAt: timestamp,
});

export const keyId = userId.describe("The key's ID (key_…)");
export const permissions = z.array(z.enum(PERMISSIONS)).min(1).max(PERMISSIONS.length);

/** What may be said of a key, when it is made and later. */
export const keyFields = {
  name: text(80).describe("What it is for"),
  allowedIps: z
    .array(text(50).refine(isIpRange, "is not an IP address or CIDR range"))
    .max(50)
    .describe("Only from these IPv4/IPv6 addresses or CIDR ranges; empty: from anywhere"),
  expiresAt: pointInTime,
  maxPerTask: amount.describe("Most $A9 that it may lock in one task"),
  maxPerDay: amount.describe("Most $A9 that it may lock in 24 hours, refunds not counted"),
  confirmAbove: amount.describe("Its money tools on this many $A9 or more need a confirmation"),
};

const DAY = 86_400_000;

export const encodeKey = (row: KeyRow, now: Date): z.input<typeof apiKeyShape> => {
  const left = row.expiresAt && !row.revokedAt ? new Date(row.expiresAt).getTime() - now.getTime() : 0;
  const inA9 = (micro: bigint | null) => (micro === null ? null : toAmount(micro));
  return {
    id: row.id,
    name: row.name,
    prefix: `${row.prefix}…`,
    permissions: row.permissions as Permission[],
    allowedIps: row.allowedIps,
    maxPerTask: inA9(row.maxPerTask),
    maxPerDay: inA9(row.maxPerDay),
    confirmAbove: inA9(row.confirmAbove),
    expiresAt: row.expiresAt && toIso(row.expiresAt),
    daysLeft: left > 0 ? Math.floor(left / DAY) : null,
    revokedAt: row.revokedAt && toIso(row.revokedAt),
    lastUsedAt: row.lastUsedAt && toIso(row.lastUsedAt),
    lastUsedFrom: row.lastUsedFrom,
    createdAt: toIso(row.createdAt),
  };
};

export interface KeySpec {
  name: string;
  permissions: Permission[];
  allowedIps?: string[] | undefined;
  expiresAt?: string | undefined;
  maxPerTask?: number | undefined;
  maxPerDay?: number | undefined;
  confirmAbove?: number | undefined;
}

const micro = (a9: number | undefined) => (a9 === undefined ? null : toMicro(a9));

/** Makes an API key. The secret is in the reply and nowhere else: the database has its hash and first characters. */
export async function createKey(ctx: Context, ownerId: string, key: KeySpec) {
  const secret = newSecret("sk_live_");
  const [row] = await ctx.db
    .insert(apiKeys)
    .values({
      id: ctx.id("key"),
      userId: ownerId,
      name: key.name,
      permissions: [...new Set(key.permissions)],
      allowedIps: key.allowedIps ?? [],
      expiresAt: key.expiresAt ?? null,
      maxPerTask: micro(key.maxPerTask),
      maxPerDay: micro(key.maxPerDay),
      confirmAbove: micro(key.confirmAbove),
      prefix: keyPrefix(secret),
      keyHash: hashToken(secret),
      createdAt: clockNow,
    })
    .returning();
  return { key: secret, ...encodeKey(row!, ctx.now) };
}

/** The public part of a key: what lists show, and what it is found by. 36 of its 192 random bits. */
export const keyPrefix = (secret: string): string => secret.slice(0, 14);

/** Changes a live key of the actor's; KEY_NOT_FOUND for all others, KEY_ENDED when it was revoked or has expired. */
export async function changeKey(
  ctx: Context,
  id: string,
  change: Partial<Omit<KeyRow, "id" | "userId" | "prefix" | "keyHash">>,
) {
  const own = and(eq(apiKeys.id, id), eq(apiKeys.userId, ctx.actor.userId));
  const [now] = await ctx.db.select().from(apiKeys).where(own).for("no key update");
  if (!now) throw new Refusal("KEY_NOT_FOUND", { keyId: id });
  if (now.revokedAt) throw new Refusal("KEY_ENDED", { why: "been revoked" });
  if (now.expiresAt && new Date(now.expiresAt) <= ctx.now) throw new Refusal("KEY_ENDED", { why: "expired" });
  if (Object.keys(change).length === 0) return encodeKey(now, ctx.now);
  const [row] = await ctx.db.update(apiKeys).set(change).where(own).returning();
  return encodeKey(row!, ctx.now);
}

/** An expiry lies ahead. */
export function checkExpiry(ctx: Context, expiresAt: string | null | undefined): void {
  if (!expiresAt || new Date(expiresAt) > ctx.now) return;
  const message = "must be in the future";
  throw new Refusal("VALIDATION_ERROR", {
    message: `expiresAt: ${message}`,
    fields: [{ path: "expiresAt", message }],
  });
}
