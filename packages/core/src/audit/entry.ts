/** Writing the audit: who did what, from where, through which door, with what outcome. */

import { createHash, createHmac } from "node:crypto";
import type postgres from "postgres";
import { canonical } from "../codecs.ts";
import type { Actor } from "../context.ts";
import type { Sql } from "../db/client.ts";
import type { Refusal } from "../errors.ts";
import type { Tool } from "../tool.ts";

export const CHANNELS = ["http", "mcp", "rest", "browser", "clock", "job"] as const;
/** The door that a call came in by; `job` is the process itself. */
export type Channel = (typeof CHANNELS)[number];

/** One call as the audit sees it, whatever its outcome. */
export interface Trail {
  actor: Actor;
  channel: Channel;
  tool: string;
  input: Readonly<Record<string, unknown>>;
  idempotencyKey: string | null;
  /** The digest of its parameters, where it is known already: it costs as much as the rest of an entry. */
  digest?: Uint8Array | null;
}

type Value = string | null | postgres.PendingQuery<postgres.Row[]>;

const sha256 = (text: string) => createHash("sha256").update(text).digest();

/** The call of `audit` (audit.sql) for this trail: part of a statement. Object and account may be SQL themselves. */
export function audited(sql: Sql, trail: Trail, outcome: string, object: Value, account: Value = null) {
  const { actor, channel, tool, input, idempotencyKey: key } = trail;
  const params = trail.digest ?? sha256(canonical([tool, withoutSecrets(input)]));
  return sql`audit(${actor.userId}, ${actor.role}, ${actor.via}, ${actor.keyId}, ${actor.ip}, ${channel}, ${tool},
    ${object}, ${outcome}, ${account}, ${key === null ? null : sha256(key)}, ${params})`;
}

/** Tells that it was done. */
export async function recordDone(sql: Sql, trail: Trail, output: unknown): Promise<void> {
  await sql`select ${audited(sql, trail, "ok", objectOf(trail, output))}`;
}

/** Tells that it was refused, if that is for the audit; after what the call wrote was rolled back. */
export async function recordRefusal(
  sql: Sql,
  secret: Uint8Array,
  trail: Trail,
  refusal: Refusal,
): Promise<void> {
  if (!isForAudit(trail.actor, refusal)) return;
  const { email } = trail.input;
  const known = typeof refusal.facts.userId === "string" ? refusal.facts.userId : null;
  if (trail.actor.role === "anonymous" && typeof email === "string") {
    const address = email.trim().toLowerCase().slice(0, 254);
    const account = sql`(select id from app_user where email = ${address.replaceAll("\0", "")})`;
    await sql`select ${audited(sql, trail, refusal.code, addressHash(secret, address), account)}`;
    return;
  }
  await sql`select ${audited(sql, trail, refusal.code, objectOf(trail, null), known)}`;
}

/** Under what an address is kept that somebody tried to sign in with: not to be guessed without the product's secret. */
export const addressHash = (secret: Uint8Array, address: string): string =>
  `email_${createHmac("sha256", secret).update(`audit address ${address}`).digest("hex").slice(0, 32)}`;

/** What is looked at by admins alone is for the audit too; of a list read page by page, the first page. */
export const isAdminRead = (tool: Tool, trail: Trail): boolean =>
  tool.effect === "read" && tool.who.every((role) => role === "admin") && trail.input.cursor === undefined;

/** Refusals that tell of an attempt, not of a slip: missing rights, confirmations, the gate, spending, reused keys. */
const ATTEMPTS = /^(CONFIRMATION_|RISK_GATE_|SPENDING_|IDEMPOTENCY_KEY_REUSED$)/;

/**
 * Which refusals are kept. Slips (validation, states, not found) are not, nor what strangers can cause without end:
 * of them only failed sign-ins, which have an hourly limit of their own, and stolen refresh tokens.
 */
function isForAudit(actor: Actor, { code, http, facts }: Refusal): boolean {
  if (http !== 401 && http !== 403 && !ATTEMPTS.test(code)) return false;
  if (actor.role !== "anonymous" && actor.role !== "visitor") return true;
  return facts.userId !== undefined || (code !== "UNAUTHORIZED" && code !== "FORBIDDEN");
}

/** Nothing that could be guessed from its hash, or is too large to hash. */
const SECRET = /password|token|secret|code|email|idempotencyKey/i;
const withoutSecrets = (input: Trail["input"]) =>
  Object.fromEntries(
    Object.entries(input).filter(([name, value]) => !SECRET.test(name) && !(value instanceof Uint8Array)),
  );

const ID = /^[a-z]+_[0-9a-z]{10,40}$/;

/** What it was done to: the task if there is one, else the first id of the input, else what came out. */
function objectOf({ tool, input }: Trail, output: unknown): string | null {
  if (tool.startsWith("list_")) return null; // the ids there are filters
  const made = asRecord(output);
  const ids = Object.entries(input).flatMap(([name, value]) => (name.endsWith("Id") ? [value] : []));
  const candidates = [
    input.taskId,
    made.taskId,
    asRecord(made.task).id,
    ...ids,
    made.id,
    asRecord(made.user).id,
  ];
  return candidates.find((id): id is string => typeof id === "string" && ID.test(id)) ?? null;
}

export const asRecord = (value: unknown): Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : {};
