import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { z } from "zod";
import { readSettings, settings } from "../src/env.ts";

const REQUIRED = { DATABASE_URL: "postgres://u:p@localhost/db", AUTH_SECRET: "s".repeat(32) };
const read = (given: Record<string, string>) => readSettings({ ...REQUIRED, ...given });
const BIG = 1_000_000_000;

test("the defaults, all of them", () => {
  expect(readSettings(REQUIRED)).toEqual({
    ...REQUIRED,
    NODE_ENV: "development",
    HOST: "0.0.0.0",
    PORT: 3000,
    PUBLIC_URL: "http://localhost:3000",
    AUDIT_SEALS: resolve(".data/audit/seals.jsonl"),
    ALLOWED_HOSTS: [],
    TRUSTED_PROXIES: [],
    DATA_DIR: resolve(".data"),
    DEMO: false,
    DB_POOL: 4,
    PLATFORM_FEE_BPS: 1,
    HIGH_BUDGET_REVIEW: 5000,
    AUTO_APPROVE_HOURS: 72,
    REVIEW_DAYS: 14,
    DISPUTE_DAYS: 7,
    CONFIRM_ABOVE: null,
    MAX_APPLICATIONS: 20,
    JOB_INTERVAL_MS: 5000,
    WEBHOOK_ALLOW_PRIVATE: false,
    OAUTH_REGISTRATION: true,
    RATE_LIMIT_KEY: 500,
    RATE_LIMIT_IP: 5000,
    RATE_LIMIT_REGISTER: 5,
    RATE_LIMIT_LOGIN: 20,
    MAX_FILE_MB: 25,
    RISK_GATE_TIMEOUT_MS: 4000,
  });
});

test("an empty setting is one that is not set", () => {
  const empty = Object.fromEntries(Object.keys(settings.shape).map((name) => [name, ""]));
  expect(readSettings({ ...empty, ...REQUIRED })).toEqual(readSettings(REQUIRED));
});

test.each([
  ["PORT", "0", "65535", "-1", "65536"],
  ["DB_POOL", "1", "100", "0", "101"],
  ["PLATFORM_FEE_BPS", "0", "5000", "-1", "5001"],
  ["HIGH_BUDGET_REVIEW", "0", "100000", "-1", "100001"],
  ["AUTO_APPROVE_HOURS", "1", "8760", "0", "8761"],
  ["REVIEW_DAYS", "1", "365", "0", "366"],
  ["DISPUTE_DAYS", "1", "365", "0", "366"],
  ["MAX_APPLICATIONS", "1", "1000", "0", "1001"],
  ["JOB_INTERVAL_MS", "50", "3600000", "49", "3600001"],
  ["RATE_LIMIT_KEY", "1", String(BIG), "0", String(BIG + 1)],
  ["RATE_LIMIT_IP", "1", String(BIG), "0", String(BIG + 1)],
  ["RATE_LIMIT_REGISTER", "1", String(BIG), "0", String(BIG + 1)],
  ["RATE_LIMIT_LOGIN", "1", String(BIG), "0", String(BIG + 1)],
  ["MAX_FILE_MB", "1", "1000", "0", "1001"],
  ["RISK_GATE_TIMEOUT_MS", "100", "60000", "99", "60001"],
])("%s is a whole number from %s to %s", (name, low, high, tooLow, tooHigh) => {
  for (const good of [low, high, ` ${low} `])
    expect(read({ [name]: good })).toHaveProperty(name, Number(good));
  for (const bad of [tooLow, tooHigh, "1.5", "many", "0x10", "1e3", " "]) {
    const sentence = new RegExp(`^The settings are not right: ${name} must be (a|at) [^;]+\\.$`);
    expect(() => read({ [name]: bad }), bad).toThrow(sentence);
  }
});

test.each([
  ["NODE_ENV", "production", "production"],
  ["PUBLIC_URL", "https://humans.example/", "https://humans.example"],
  ["ALLOWED_HOSTS", "a.example, B.example:8443 ,[::1]", ["a.example", "b.example", "[::1]"]],
  ["TRUSTED_PROXIES", "127.0.0.1, 10.0.0.0/8,fd00::/8,", ["127.0.0.1", "10.0.0.0/8", "fd00::/8"]],
  ["DATA_DIR", "/var/lib/x", "/var/lib/x"],
  ["AUDIT_SEALS", "/mnt/worm/seals", "/mnt/worm/seals"],
  ["AUDIT_KEY", "A".repeat(43), "A".repeat(43)],
  ["DEMO", "1", true],
  ["DEMO", "true", true],
  ["DEMO", "0", false],
  ["DEMO", "false", false],
  ["CONFIRM_ABOVE", "0", 0],
  ["CONFIRM_ABOVE", "99.5", 99.5],
  ["DATABASE_URL", "postgresql://localhost/x", "postgresql://localhost/x"],
])("%s takes %j", (name, given, kept) => {
  expect(read({ [name]: given })).toHaveProperty(name, kept);
});

test.each([
  ["DATABASE_URL", "mysql://localhost/x", "must be a postgres:// address"],
  ["DATABASE_URL", "postgres://[", "must be a postgres:// address"],
  ["AUTH_SECRET", "short", "must have at least 32 characters"],
  ["AUDIT_KEY", "a short one", "must be an ed25519 key: base64 of its PKCS #8 form, or of 32 bytes"],
  ["NODE_ENV", "staging", "must be one of development, production, test"],
  ["PUBLIC_URL", "humans.example", "is not a full web address, like https://example.com/page"],
  ["PUBLIC_URL", "ftp://humans.example", "is not a full web address, like https://example.com/page"],
  ["ALLOWED_HOSTS", "a b", "must be host names, separated by commas"],
  ["TRUSTED_PROXIES", "10.0.0.0/40", "must be IP addresses or CIDR ranges, separated by commas"],
  ["TRUSTED_PROXIES", "proxy.local", "must be IP addresses or CIDR ranges, separated by commas"],
  [
    "RISK_GATE_URL",
    "https://api.example/v1",
    "must be an http(s) address that ends in /chat/completions or /moderations",
  ],
  ["RISK_GATE_URL", "https://api.example/v1/chat/completions", "needs RISK_GATE_MODEL"],
  ["DEMO", "yes", "must be one of 0, 1, false, true"],
  ["CONFIRM_ABOVE", "-5", "must be an amount of $A9, with at most 6 decimals"],
  ["ADMIN_EMAIL", "boss", "is not a valid email address"],
  ["ADMIN_PASSWORD", "short", "must have at least 8 characters"],
  ["ADMIN_PASSWORD", "long-enough", "and ADMIN_EMAIL need each other"],
  ["ADMIN_EMAIL", "boss@example.com", "and ADMIN_PASSWORD need each other"],
])("%s refuses %j in one sentence", (name, given, fault) => {
  expect(() => read({ [name]: given })).toThrow(new Error(`The settings are not right: ${name} ${fault}.`));
});

test("private webhook addresses are for development only", () => {
  const given = { WEBHOOK_ALLOW_PRIVATE: "1", PUBLIC_URL: "https://tasks.example.com" };
  expect(() => read(given)).toThrow("WEBHOOK_ALLOW_PRIVATE is for development");
  expect(read({ ...given, PUBLIC_URL: "http://localhost:3000" }).WEBHOOK_ALLOW_PRIVATE).toBe(true);
});

test("what is not set is named, and all faults are told at once", () => {
  expect(() => readSettings({ PORT: "x" })).toThrow(
    "The settings are not right: DATABASE_URL is not set; AUTH_SECRET is not set; PORT must be a whole number.",
  );
});

test("the admin's address is an address in lower case", () => {
  const admin = { ADMIN_EMAIL: " Boss@Example.com", ADMIN_PASSWORD: "long-enough" };
  expect(read(admin)).toMatchObject({ ADMIN_EMAIL: "boss@example.com" });
});

test("PUBLIC_URL follows PORT", () => {
  expect(read({ PORT: "8080" }).PUBLIC_URL).toBe("http://localhost:8080");
});

test("docs/operations.md lists every setting (make it so with -u)", async () => {
  const file = fileURLToPath(new URL("../../../docs/operations.md", import.meta.url));
  const page = await readFile(file, "utf8");
  const made = page.replace(/(<!-- settings: .*-->\n)[\s\S]*(<!-- \/settings -->)/, `$1\n${table()}\n$2`);
  await expect(made).toMatchFileSnapshot(file);
});

function table(): string {
  const options = { unrepresentable: "any" } as const;
  const { properties, required } = z.toJSONSchema(settings, { ...options, io: "input" });
  const made = z.toJSONSchema(settings, { ...options, io: "output" }).properties;
  const rows = Object.keys(settings.shape).map((name) => {
    const field = { ...(properties?.[name] as object), ...(made?.[name] as object) };
    const { default: preset, description, minimum, maximum } = field as z.core.JSONSchema.BaseSchema;
    const range = maximum === undefined || maximum >= BIG ? "" : ` (${minimum} – ${maximum})`;
    const shown = typeof preset === "boolean" ? Number(preset) : (preset ?? "");
    const value = required?.includes(name) ? "required" : `${shown}` && `\`${shown}\``;
    return `| \`${name}\` | ${value} | ${description}${range} |`;
  });
  return ["| Variable | Default | Meaning |", "|---|---|---|", ...rows, ""].join("\n");
}
