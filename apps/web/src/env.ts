/** The only reader of process.env: every setting, validated, with a default that works. Listed in docs/operations.md. */

import { resolve } from "node:path";
import { z } from "zod";

const flag = z
  .enum(["0", "1", "false", "true", ""])
  .default("0")
  .transform((v) => v === "1" || v === "true");
const number = (fallback: number, min: number, max: number) =>
  z.coerce.number().min(min).max(max).default(fallback);
const list = z
  .string()
  .default("")
  .transform((v) =>
    v
      .split(",")
      .map((s) => s.trim())
      .filter(Boolean),
  );

const schema = z.object({
  NODE_ENV: z.enum(["development", "production", "test"]).default("development"),
  DATABASE_URL: z.string().regex(/^postgres(ql)?:\/\//, "is not a postgres:// address"),
  /** Signs idTokens and browser sessions. */
  AUTH_SECRET: z.string().min(32, "needs at least 32 characters"),
  HOST: z.string().default("0.0.0.0"),
  PORT: number(3000, 0, 65535),
  /** The address that people and agents reach the app at; default http://localhost:PORT. */
  PUBLIC_URL: z.url().optional(),
  DATA_DIR: z
    .string()
    .default(".data")
    .transform((p) => resolve(p)),
  DEMO: flag,
  ADMIN_EMAIL: z.email().optional(),
  ADMIN_PASSWORD: z.string().min(8).optional(),
  TRUSTED_PROXIES: list,
  DB_POOL: number(4, 1, 100),
  PLATFORM_FEE_BPS: number(1, 0, 5000),
  HIGH_BUDGET_REVIEW: number(5000, 0, 100_000),
  AUTO_APPROVE_HOURS: number(72, 1, 8760),
  REVIEW_DAYS: number(14, 1, 365),
  DISPUTE_DAYS: number(7, 1, 365),
  /** Money tools on this many $A9 or more need a confirmation; empty: never. */
  CONFIRM_ABOVE: z
    .string()
    .default("")
    .transform((v) => (v === "" ? null : Number(v)))
    .pipe(z.number().min(0).nullable()),
  MAX_APPLICATIONS: number(20, 1, 1000),
  JOB_INTERVAL_MS: number(5000, 50, 3_600_000),
  RATE_LIMIT_KEY: number(500, 1, 1e9),
  RATE_LIMIT_IP: number(5000, 1, 1e9),
  RATE_LIMIT_REGISTER: number(5, 1, 1e9),
  RATE_LIMIT_LOGIN: number(20, 1, 1e9),
  MAX_FILE_MB: number(25, 1, 1000),
});

export type Env = z.output<typeof schema> & { PUBLIC_URL: string };

let cached: Env | undefined;

/** The settings. Throws one sentence that names each missing or wrong variable. */
export function env(): Env {
  if (cached) return cached;
  const given = Object.fromEntries(
    Object.entries(process.env).filter(([, v]) => v !== undefined && v !== ""),
  );
  const parsed = schema.safeParse(given);
  if (!parsed.success) {
    const faults = parsed.error.issues.map((i) => {
      const name = String(i.path[0]);
      return given[name] === undefined ? `${name} is not set` : `${name} ${i.message}`;
    });
    throw new Error(`The settings are not complete: ${faults.join("; ")}.`);
  }
  cached = { ...parsed.data, PUBLIC_URL: parsed.data.PUBLIC_URL ?? `http://localhost:${parsed.data.PORT}` };
  return cached;
}
