/** The only reader of process.env: every setting, validated, with a default that works. Listed in docs/operations.md. */

import { join, resolve } from "node:path";
import { isIpRange, isSemanticUrl, readAuditKey, sayIssue } from "@humans2ai/core";
import { z } from "zod";

const flag = z
  .enum(["0", "1", "false", "true"])
  .transform((v) => v === "1" || v === "true")
  .default(false);
const flagOn = flag.unwrap().default(true);
const whole = (fallback: number, min: number, max: number) =>
  z
    .string()
    .trim()
    .regex(/^\d+$/, "must be a whole number")
    .transform(Number)
    .pipe(z.int().min(min).max(max))
    .default(fallback);
const list = z.string().transform((v) =>
  v
    .split(",")
    .map((s) => s.trim())
    .filter(Boolean),
);
const hostName = (name: string) => (URL.canParse(`http://${name}`) ? new URL(`http://${name}`).hostname : "");

export const settings = z.object({
  NODE_ENV: z
    .enum(["development", "production", "test"])
    .default("development")
    .describe("`production` for a real site; `npm start` sets it"),
  DATABASE_URL: z
    .string()
    .refine((v) => URL.canParse(v) && /^postgres(ql)?:\/\//.test(v), "must be a postgres:// address")
    .describe("The database, Postgres 15 or newer; `npm start` without it starts one of its own"),
  AUTH_SECRET: z
    .string()
    .min(32)
    .describe("Signs idTokens and browser sessions; `npm start` makes one and keeps it in the data folder"),
  AUDIT_KEY: z
    .string()
    .refine(
      (v) => readAuditKey(v) !== null,
      "must be an ed25519 key: base64 of its PKCS #8 form, or of 32 bytes",
    )
    .optional()
    .describe("Signs the audit's seals: base64 of an ed25519 key; by default derived from AUTH_SECRET"),
  HOST: z.string().default("0.0.0.0").describe("The address to listen on"),
  PORT: whole(3000, 0, 65535).describe("The port to listen on"),
  PUBLIC_URL: z
    .url({ protocol: /^https?$/ })
    .transform((v) => v.replace(/\/+$/, ""))
    .optional()
    .describe("The address at which people and agents reach the app; default `http://localhost:PORT`"),
  ALLOWED_HOSTS: list
    .refine((names) => names.every(hostName), "must be host names, separated by commas")
    .transform((names) => names.map(hostName))
    .default([])
    .describe(
      "Further host names, separated by commas, under which MCP is served (beside that of PUBLIC_URL and localhost)",
    ),
  TRUSTED_PROXIES: list
    .refine((names) => names.every(isIpRange), "must be IP addresses or CIDR ranges, separated by commas")
    .default([])
    .describe(
      "Addresses or CIDR ranges, separated by commas, of the proxies whose X-Forwarded-For is believed",
    ),
  DATA_DIR: z
    .string()
    .default(".data")
    .transform((p) => resolve(p))
    .describe("Where uploads are kept, mails that cannot be sent, and the embedded database if it is used"),
  AUDIT_SEALS: z
    .string()
    .transform((p) => resolve(p))
    .optional()
    .describe("The file with the outside copy of the audit's seals; default `DATA_DIR/audit/seals.jsonl`"),
  SMTP_URL: z
    .string()
    .refine((v) => URL.canParse(v) && /^smtps?:\/\/[^/]/.test(v), "must be an smtp:// or smtps:// address")
    .optional()
    .describe(
      "The mail server, as `smtps://user:password@host:465`; without one mails are kept in `DATA_DIR/mail`",
    ),
  MAIL_FROM: z
    .string()
    .trim()
    .max(254)
    .regex(/^[^\r\n]*[^\s@<>]+@[^\s@<>]+>?$/, "must be an address, or Name <address>")
    .optional()
    .describe("The sender of mails; default `Humans2AI <no-reply@(host of PUBLIC_URL)>`"),
  DEMO: flag.describe(
    "`1` puts in a small demo marketplace with demo logins, and takes even the most common passwords; never on a real site",
  ),
  ADMIN_EMAIL: z
    .string()
    .trim()
    .toLowerCase()
    .pipe(z.email())
    .optional()
    .describe("The first admin, made at the start if the account is not there"),
  ADMIN_PASSWORD: z.string().min(8).optional().describe("Its password, at least 8 characters"),
  DB_POOL: whole(4, 1, 100).describe("Database connections of this process; more than about 4 seldom help"),
  PLATFORM_FEE_BPS: whole(1, 0, 5000).describe(
    "The platform's fee in basis points (1 = 0.01 %), for new tasks",
  ),
  HIGH_BUDGET_REVIEW: whole(5000, 0, 100_000).describe("Budgets above this many $A9 wait for an admin"),
  AUTO_APPROVE_HOURS: whole(72, 1, 8760).describe("Hours until a submission with autoApprove is paid"),
  REVIEW_DAYS: whole(14, 1, 365).describe(
    "Days until any other submission is paid if the agent stays silent",
  ),
  DISPUTE_DAYS: whole(7, 1, 365).describe("Days in which a rejection can be disputed"),
  CONFIRM_ABOVE: z
    .string()
    .trim()
    .regex(/^\d+(\.\d{1,6})?$/, "must be an amount of $A9, with at most 6 decimals")
    .transform(Number)
    .nullable()
    .default(null)
    .describe("Money tools on this many $A9 or more need a confirmation; empty: never"),
  MAX_APPLICATIONS: whole(20, 1, 1000).describe("Applications that a task takes"),
  JOB_INTERVAL_MS: whole(5000, 50, 3_600_000).describe("How often deadlines are looked at, in milliseconds"),
  WEBHOOK_ALLOW_PRIVATE: flag.describe(
    "`1` lets webhooks go to plain http, private addresses and any port, and apps describe themselves there (by https): for development, never on a real site",
  ),
  OAUTH_REGISTRATION: flagOn.describe(
    "`0` takes no apps that register themselves (RFC 7591), only those whose id is the address of their description",
  ),
  RATE_LIMIT_KEY: whole(500, 1, 1_000_000_000).describe("Requests per hour of one API key"),
  RATE_LIMIT_IP: whole(5000, 1, 1_000_000_000).describe("Requests per hour from one address"),
  RATE_LIMIT_REGISTER: whole(5, 1, 1_000_000_000).describe("Sign-ups per hour from one address"),
  RATE_LIMIT_LOGIN: whole(20, 1, 1_000_000_000).describe("Sign-ins per hour from one address"),
  MAX_FILE_MB: whole(25, 1, 1000).describe("The largest upload, in MB"),
  RISK_GATE_URL: z
    .string()
    .refine(isSemanticUrl, "must be an http(s) address that ends in /chat/completions or /moderations")
    .optional()
    .describe("A model that reads each new task: an OpenAI-compatible address, see docs/risk-gate.md"),
  RISK_GATE_KEY: z.string().optional().describe("Its API key"),
  RISK_GATE_MODEL: z.string().optional().describe("The model's name; needed for /chat/completions"),
  RISK_GATE_TIMEOUT_MS: whole(4000, 100, 60_000).describe("How long it may take to answer, in milliseconds"),
});

export type Env = z.output<typeof settings> & { PUBLIC_URL: string; AUDIT_SEALS: string };

/** The settings among these variables. Throws one sentence that names each missing or wrong one. */
export function readSettings(variables: Record<string, string | undefined>): Env {
  const given = Object.fromEntries(Object.entries(variables).filter(([, v]) => v !== undefined && v !== ""));
  const parsed = settings.safeParse(given, { error: sayIssue });
  if (!parsed.success) {
    const faults = parsed.error.issues.map((i) => {
      const name = String(i.path[0]);
      return given[name] === undefined ? `${name} is not set` : `${name} ${i.message}`;
    });
    throw new Error(`The settings are not right: ${faults.join("; ")}.`);
  }
  const { ADMIN_EMAIL: email, ADMIN_PASSWORD: password } = parsed.data;
  if (!email !== !password) {
    const [set, missing] = email ? ["ADMIN_EMAIL", "ADMIN_PASSWORD"] : ["ADMIN_PASSWORD", "ADMIN_EMAIL"];
    throw new Error(`The settings are not right: ${set} and ${missing} need each other.`);
  }
  const { RISK_GATE_URL: gate, RISK_GATE_MODEL: model } = parsed.data;
  if (gate && !model && new URL(gate).pathname.endsWith("/chat/completions")) {
    throw new Error("The settings are not right: RISK_GATE_URL needs RISK_GATE_MODEL.");
  }
  if (parsed.data.WEBHOOK_ALLOW_PRIVATE && parsed.data.PUBLIC_URL?.startsWith("https:")) {
    throw new Error(
      "The settings are not right: WEBHOOK_ALLOW_PRIVATE is for development, not for a site with https.",
    );
  }
  return {
    ...parsed.data,
    PUBLIC_URL: parsed.data.PUBLIC_URL ?? `http://localhost:${parsed.data.PORT}`,
    AUDIT_SEALS: parsed.data.AUDIT_SEALS ?? join(parsed.data.DATA_DIR, "audit", "seals.jsonl"),
  };
}

let cached: Env | undefined;

export function env(): Env {
  cached ??= readSettings(process.env);
  return cached;
}
