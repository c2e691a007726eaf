/** The tables as drizzle sees them: what its queries need. The truth, constraints included, is in sql/migrations. */

import { sql } from "drizzle-orm";
import { bigint, boolean, customType, integer, jsonb, pgTable, text, timestamp } from "drizzle-orm/pg-core";
import type { Answer } from "../questions/schema.ts";
import type { REPORT_CATEGORIES, REPORT_OBJECTS } from "../vocabulary.ts";

const bytes = customType<{ data: Uint8Array; driverData: Uint8Array }>({ dataType: () => "bytea" });
const at = (name: string) => timestamp(name, { withTimezone: true, mode: "string" });
const micro = (name: string) => bigint(name, { mode: "bigint" });

/** The product's clock in the database. */
export const clockNow = sql<string>`clock_now()`;

export const users = pgTable("app_user", {
  id: text().primaryKey(),
  role: text().$type<"agent" | "human" | "admin">().notNull(),
  email: text().notNull(),
  passwordHash: text("password_hash").notNull(),
  displayName: text("display_name").notNull(),
  suspendedAt: at("suspended_at"),
  emailVerifiedAt: at("email_verified_at"),
  createdAt: at("created_at").notNull(),
});

export const signIns = pgTable("sign_in", {
  id: text().primaryKey(),
  userId: text("user_id").notNull(),
  signedInAt: at("signed_in_at").notNull(),
  ip: text(),
  network: text(),
  lastSeenAt: at("last_seen_at").notNull(),
  expiresAt: at("expires_at").notNull(),
  endedAt: at("ended_at"),
});

export const sessions = pgTable("session", {
  id: text().primaryKey(),
  userId: text("user_id").notNull(),
  family: text().notNull(),
  tokenHash: bytes("token_hash").notNull(),
  expiresAt: at("expires_at").notNull(),
  usedAt: at("used_at"),
  createdAt: at("created_at").notNull(),
});

export const apiKeys = pgTable("api_key", {
  id: text().primaryKey(),
  userId: text("user_id").notNull(),
  name: text().notNull(),
  prefix: text().notNull(),
  keyHash: bytes("key_hash").notNull(),
  permissions: text().array().notNull(),
  allowedIps: text("allowed_ips").array().notNull(),
  expiresAt: at("expires_at"),
  revokedAt: at("revoked_at"),
  lastUsedAt: at("last_used_at"),
  lastUsedFrom: text("last_used_from"),
  maxPerTask: micro("max_per_task"),
  maxPerDay: micro("max_per_day"),
  confirmAbove: micro("confirm_above"),
  createdAt: at("created_at").notNull(),
});

export const tasks = pgTable("task", {
  id: text().primaryKey(),
  agentId: text("agent_id").notNull(),
  title: text().notNull(),
  description: text().notNull(),
  category: text().notNull(),
  urgency: text().notNull(),
  location: text(),
  remote: boolean().notNull(),
  budget: micro("budget").notNull(),
  fee: micro("fee").notNull(),
  deadline: at("deadline").notNull(),
  maxApplications: integer("max_applications").notNull(),
  applicantCount: integer("applicant_count").notNull(),
  status: text().notNull(),
  seq: integer().notNull(),
  humanId: text("human_id"),
  questionId: text("question_id"),
  clockAt: at("clock_at"),
  createdAt: at("created_at").notNull(),
  updatedAt: at("updated_at").notNull(),
});

export const taskEvents = pgTable("task_event", {
  taskId: text("task_id").notNull(),
  seq: integer().notNull(),
  action: text().notNull(),
  toStatus: text("to_status").notNull(),
  role: text().notNull(),
  actor: text().notNull(),
  data: jsonb().$type<Record<string, unknown>>().notNull(),
  at: at("at").notNull(),
});

export const applications = pgTable("application", {
  id: text().primaryKey(),
  taskId: text("task_id").notNull(),
  humanId: text("human_id").notNull(),
  message: text().notNull(),
  status: text().$type<"pending" | "accepted" | "rejected" | "withdrawn">().notNull(),
  appliedAt: at("applied_at").notNull(),
  updatedAt: at("updated_at").notNull(),
});

export const submissions = pgTable("submission", {
  id: text().primaryKey(),
  taskId: text("task_id").notNull(),
  seq: integer().notNull(),
  humanId: text("human_id").notNull(),
  body: text().notNull(),
  links: text().array().notNull(),
  answer: jsonb().$type<Answer>(),
  createdAt: at("created_at").notNull(),
});

export const files = pgTable("file", {
  id: text().primaryKey(),
  ownerId: text("owner_id").notNull(),
  submissionId: text("submission_id"),
  questionId: text("question_id"),
  name: text().notNull(),
  type: text().notNull(),
  size: integer().notNull(),
  sha256: text().notNull(),
  /** Of a picture as it came; null where that is what others see. */
  originalType: text("original_type"),
  originalSize: integer("original_size"),
  originalSha256: text("original_sha256"),
  createdAt: at("created_at").notNull(),
});

export const messages = pgTable("message", {
  id: text().primaryKey(),
  taskId: text("task_id").notNull(),
  humanId: text("human_id").notNull(),
  senderId: text("sender_id").notNull(),
  content: text().notNull(),
  createdAt: at("created_at").notNull(),
});

export const reports = pgTable("report", {
  id: text().primaryKey(),
  reporterId: text("reporter_id").notNull(),
  objectType: text("object_type").$type<(typeof REPORT_OBJECTS)[number]>().notNull(),
  objectId: text("object_id").notNull(),
  taskId: text("task_id"),
  subjectId: text("subject_id").notNull(),
  category: text().$type<(typeof REPORT_CATEGORIES)[number]>().notNull(),
  reason: text().notNull(),
  outcome: text().$type<"dismissed" | "acted">(),
  note: text(),
  resolvedBy: text("resolved_by"),
  resolvedAt: at("resolved_at"),
  createdAt: at("created_at").notNull(),
});

export const transfers = pgTable("transfer", {
  id: text().primaryKey(),
  kind: text().notNull(),
  fromAccount: text("from_account").notNull(),
  toAccount: text("to_account").notNull(),
  amount: micro("amount").notNull(),
  taskId: text("task_id"),
  createdAt: at("created_at").notNull(),
});

export const confirmations = pgTable("confirmation", {
  tokenHash: bytes("token_hash").primaryKey(),
  id: text(),
  principal: text().notNull(),
  keyId: text("key_id"),
  tool: text().notNull(),
  params: jsonb().$type<Record<string, unknown>>(),
  paramsHash: bytes("params_hash").notNull(),
  message: text(),
  taskId: text("task_id"),
  amount: micro("amount"),
  fee: micro("fee"),
  status: text().$type<"ready" | "pending" | "approved" | "declined">().notNull(),
  decidedAt: at("decided_at"),
  decidedVia: text("decided_via").$type<"browser" | "client">(),
  expiresAt: at("expires_at").notNull(),
  createdAt: at("created_at").notNull(),
});

export const auditEntries = pgTable("audit_entry", {
  n: bigint("n", { mode: "bigint" }).primaryKey(),
  at: at("at").notNull(),
  actor: text().notNull(),
  role: text().notNull(),
  via: text().notNull(),
  keyId: text("key_id"),
  ip: text(),
  channel: text().notNull(),
  tool: text().notNull(),
  object: text(),
  outcome: text().notNull(),
  account: text(),
  request: bytes("request"),
  params: bytes("params"),
  hash: bytes("hash").notNull(),
});
