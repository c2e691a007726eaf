/** What a tool's `run` is given: who acts, when, and the one way to the database. */

import { randomFillSync } from "node:crypto";
import type { Trail } from "./audit/entry.ts";
import type { AuditKey } from "./audit/key.ts";
import type { Client, Db, Sql } from "./db/client.ts";
import type { Feed } from "./feed.ts";
import type { Role } from "./lifecycle.ts";
import type { Permission } from "./vocabulary.ts";

export interface Actor {
  /** `visitor` reads the public pages; `anonymous` is a request without a credential, for sign-up and sign-in. */
  role: Role | "anonymous" | "visitor";
  userId: string;
  name: string;
  permissions: readonly Permission[];
  /** How the actor proved who it is. */
  via: "api_key" | "oauth" | "id_token" | "session" | "clock" | "none";
  /** The API key's id; of a connected app, its connection's. */
  keyId: string | null;
  /** The spending policy of the key; absent for all else, whose only limit is the wallet. */
  limits?: KeyLimits;
  /** The sign-in that its idToken or cookie hangs on; null for keys and jobs. */
  sessionId: string | null;
  /** From where: the client's address, where there is one. */
  ip: string | null;
  /** When the person behind it last gave a password; null for keys and jobs. */
  signedInAt: Date | null;
}

export interface KeyLimits {
  /** Has a cap per task or per day; the statement that locks a budget reads which, and what was spent. */
  capped: boolean;
  /** A money tool on this many $A9 or more needs a confirmation; null: only where the platform says so. */
  confirmAbove: number | null;
}

export const ANONYMOUS: Actor = {
  role: "anonymous",
  userId: "anonymous",
  name: "anonymous",
  permissions: [],
  via: "none",
  keyId: null,
  sessionId: null,
  ip: null,
  signedInAt: null,
};
export const VISITOR: Actor = {
  ...ANONYMOUS,
  role: "visitor",
  userId: "visitor",
  permissions: ["tasks:read"],
};
export const CLOCK: Actor = {
  role: "clock",
  userId: "clock",
  name: "clock",
  permissions: [],
  via: "clock",
  keyId: null,
  sessionId: null,
  ip: null,
  signedInAt: null,
};

/** Keeps the bytes of uploaded files; the database keeps everything else about them. */
export interface FileStore {
  put(id: string, bytes: Uint8Array): Promise<void>;
  get(id: string): Promise<Uint8Array>;
  /** No fault when it is gone already. */
  remove(id: string): Promise<void>;
}

/** Under which id a picture is kept as it came; under its own it is kept as others see it. */
export const originalId = (fileId: string): string => `${fileId}_original`;

export interface RiskVerdict {
  verdict: "clean" | "unsure" | "blocked";
  category?: string;
  /** To the author: what to change. */
  advice?: string;
  /** To an admin: the category, and in brackets what spoke for it. */
  reason?: string;
}
export type RiskGate = (task: {
  title: string;
  description: string;
  requirements: string[];
  location?: string | undefined;
  skillsRequired?: string[];
  /** A question, answered in words on this site: so short a text has few signs of anything. */
  isQuestion?: true;
}) => Promise<RiskVerdict>;

/** The product's settings, already validated. Times are in the unit that the name says. */
export interface Settings {
  /** Where people reach the app, without a slash at the end: the links in mails begin with it. */
  publicUrl: string;
  /** Refuse the most common passwords, though they have the form. */
  refuseCommonPasswords: boolean;
  platformFeeBps: number;
  highBudgetReview: number;
  autoApproveHours: number;
  reviewDays: number;
  disputeDays: number;
  /** A money tool on this many $A9 or more needs a confirmation; null: never. */
  confirmAbove: number | null;
  /** A yes that a person gives in their agent's client counts; else only one given on a page of ours. */
  confirmByClient: boolean;
  maxApplications: number;
  rateLimitKey: number;
  rateLimitIp: number;
  rateLimitRegister: number;
  rateLimitLogin: number;
  maxFileBytes: number;
  /** Webhooks may go to plain http and to private addresses: for development, never on a real site. */
  webhookAllowPrivate: boolean;
  idTokenMinutes: number;
  refreshTokenDays: number;
}

export const defaultSettings: Settings = {
  publicUrl: "http://localhost:3000",
  refuseCommonPasswords: true,
  platformFeeBps: 1,
  highBudgetReview: 5000,
  autoApproveHours: 72,
  reviewDays: 14,
  disputeDays: 7,
  confirmAbove: null,
  confirmByClient: true,
  maxApplications: 20,
  rateLimitKey: 500,
  rateLimitIp: 5000,
  rateLimitRegister: 5,
  rateLimitLogin: 20,
  maxFileBytes: 25 * 1024 * 1024,
  webhookAllowPrivate: false,
  idTokenMinutes: 60,
  refreshTokenDays: 30,
};

/** What binds a money tool's statement to its request: see `claim_key` and `use_confirmation` in functions.sql. */
export interface Guard {
  tool: string;
  key: string | null;
  hash: Uint8Array | null;
  confirmation: Uint8Array | null;
  paramsHash: Uint8Array | null;
}

/** How far a call that takes its time has come: `done` grows; `total` where it is known. */
export interface Progress {
  done: number;
  total?: number;
  message: string;
}

export interface Context {
  actor: Actor;
  now: Date;
  settings: Settings;
  secret: Uint8Array;
  auditKey: AuditKey;
  files: FileStore;
  riskGate: RiskGate;
  feed: Feed;
  /** Aborted when the caller wants no answer any more: who waits then stops waiting. Null: it cannot say so. */
  signal: AbortSignal | null;
  /** Tells a caller that asked to be told. */
  progress: (progress: Progress) => void;
  guard: Guard | null;
  /** See CallOptions. */
  relayed: boolean;
  /** The call as the audit sees it. */
  trail: Trail;
  /** The transaction of this call; for reads and money tools, whose one statement is a transaction, the pool. */
  sql: Sql;
  /** Drizzle over the same. */
  db: Db;
  client: Client;
  id: (prefix: string) => string;
  /** Runs in one transaction. Only for tools that are not in one already (`ownTransaction`). */
  begin: <T>(run: (ctx: Context) => Promise<T>) => Promise<T>;
}

const ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz";
const pool = Buffer.alloc(4096);
let used = pool.length;

/** A sortable id: prefix, 48 bits of milliseconds, 80 random bits, in Crockford's base 32 (as a ULID). */
export function newId(prefix: string, at: Date): string {
  if (used + 16 > pool.length) {
    randomFillSync(pool);
    used = 0;
  }
  let text = "";
  for (let ms = at.getTime(), i = 0; i < 10; i++, ms = Math.floor(ms / 32)) text = ALPHABET[ms % 32] + text;
  for (let i = 0; i < 16; i++) text += ALPHABET[(pool[used + i] ?? 0) & 31];
  used += 16;
  return `${prefix}_${text}`;
}
