/** A running API with a database of its own: real process, real sockets, real Postgres. */

import { type ChildProcess, fork } from "node:child_process";
import { randomUUID } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, inject } from "vitest";
import { connect, SECRET, withDatabase } from "./database.ts";

export interface Answer {
  status: number;
  headers: Headers;
  text: string;
  // biome-ignore lint/suspicious/noExplicitAny: what came over the wire, whatever it is
  body: any;
}

export interface Api {
  url: string;
  port: number;
  sql: ReturnType<typeof connect>;
  databaseUrl: string;
  /** One HTTP request; a body that is no string is sent as JSON. */
  send: (path: string, options?: Sent) => Promise<Answer>;
  /** One tool call in the contract's form. */
  call: (tool: string, input?: unknown, options?: Sent) => Promise<Answer>;
  /** Ends the process as an operator does. */
  stop: () => Promise<void>;
  /** What it wrote to its log. */
  log: () => string;
  /** The same without what every server says that has no mail server. */
  surprise: () => string;
  agent: () => Promise<Person>;
  human: () => Promise<Person>;
}

export interface Sent {
  method?: string;
  as?: string | Person;
  headers?: Record<string, string>;
  body?: unknown;
}

export interface Person {
  id: string;
  token: string;
  email: string;
  /** The session of its token, as a browser's cookie would name it. */
  sessionId: string;
}

/** What a token says, unverified. */
export const claimsOf = (token: string): { sid: string; auth_time: number; iat: number } =>
  JSON.parse(Buffer.from(token.split(".")[1]!, "base64url").toString());

export const PASSWORD = "correct-horse-1";
const GENEROUS = { RATE_LIMIT_REGISTER: "1000", RATE_LIMIT_LOGIN: "1000", RATE_LIMIT_IP: "100000" };

/** Starts one for the test file; ends with it, and must then still be alive and have logged no surprise. */
export async function startApi(
  settings: Record<string, string> = {},
  surprises = false,
  detour: (databaseUrl: URL) => Promise<void> = async () => {},
  bundle: string = inject("bundle"),
): Promise<Api> {
  const databaseUrl = await newDatabase();
  const reachedBy = new URL(databaseUrl);
  await detour(reachedBy);
  const dataDir = await mkdtemp(join(tmpdir(), "h2a-api-"));
  const child = fork(bundle, {
    silent: true,
    env: {
      NODE_ENV: "production",
      PATH: process.env.PATH ?? "",
      DATABASE_URL: reachedBy.href,
      AUTH_SECRET: SECRET,
      DATA_DIR: dataDir,
      ...GENEROUS,
      ...settings,
    },
  });
  let log = "";
  for (const stream of [child.stderr, child.stdout]) {
    stream?.on("data", (chunk) => {
      log += chunk;
    });
  }
  const surprise = () => log.replace(/^(SMTP_URL is not set|Mail \d+ is kept in ).*\n/gm, "");
  const sql = connect(databaseUrl);
  afterAll(async () => {
    const alive = child.exitCode === null || child.killed;
    await ended(child);
    await sql.end();
    await rm(dataDir, { recursive: true, force: true });
    expect(alive, `the API's process ended by itself:\n${log}`).toBe(true);
    if (!surprises) expect(surprise()).toBe("");
  });
  const port = await listening(child, () => log);
  const url = `http://127.0.0.1:${port}`;
  const api: Api = {
    url,
    port,
    sql,
    databaseUrl,
    log: () => log,
    surprise,
    stop: () => ended(child),
    ...verbs(url),
  };
  return api;
}

/** What a test can say to an API at this address. */
export function verbs(url: string): Pick<Api, "send" | "call" | "agent" | "human"> {
  const send = async (path: string, { method, as, headers = {}, body }: Sent = {}): Promise<Answer> => {
    const token = typeof as === "object" ? as.token : as;
    const response = await fetch(url + path, {
      method: method ?? (body === undefined ? "GET" : "POST"),
      headers: { ...(token ? { authorization: `Bearer ${token}` } : {}), ...headers },
      ...(body === undefined ? {} : { body: isRaw(body) ? body : JSON.stringify(body) }),
    });
    const text = await response.text();
    const isJson = response.headers.get("content-type")?.includes("json") && text !== "";
    return {
      status: response.status,
      headers: response.headers,
      text,
      body: isJson ? JSON.parse(text) : undefined,
    };
  };
  const call: Api["call"] = (tool, input = {}, options = {}) =>
    send("/api/v1/mcp", { ...options, body: { tool, input } });
  const person = async (tool: string, more: object): Promise<Person> => {
    const email = `${randomUUID()}@example.com`;
    const { body } = await call(tool, { email, password: PASSWORD, ...more });
    const { user, idToken: token } = body.result;
    return { id: user.id, token, email, sessionId: claimsOf(token).sid };
  };
  return {
    send,
    call,
    agent: () => person("register", { agentName: "Agent" }),
    human: () => person("register_human", { displayName: "Human" }),
  };
}

const isRaw = (body: unknown): body is string | FormData | Uint8Array<ArrayBuffer> =>
  typeof body === "string" || body instanceof FormData || body instanceof Uint8Array;

/** A migrated database of its own; ends with the test file. */
export async function newDatabase(): Promise<string> {
  const server = inject("serverUrl");
  const name = `h2a_web_${randomUUID().replaceAll("-", "")}`;
  const admin = connect(server);
  afterAll(async () => {
    await admin.unsafe(`drop database ${name} with (force)`);
    await admin.end();
  });
  // Postgres copies a template only while nobody else does.
  for (let tries = 0; ; tries++) {
    try {
      await admin.unsafe(`create database ${name} template ${inject("template")}`);
      return withDatabase(server, name);
    } catch (error) {
      if ((error as { code?: string }).code !== "55006" || tries > 100) throw error;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
}

export const listening = (child: ChildProcess, log: () => string) =>
  new Promise<number>((resolve, reject) => {
    child.once("message", (port) => resolve(port as number));
    child.once("exit", () => reject(new Error(`The API did not start:\n${log()}`)));
  });

const ended = (child: ChildProcess) =>
  new Promise<void>((resolve) => {
    if (child.exitCode !== null) return resolve();
    child.once("exit", () => resolve());
    child.kill("SIGTERM");
  });

/** The contract's failure, exactly. */
export function expectRefusal(answer: Answer, status: number, code: string, message?: string | RegExp) {
  expect(answer.body, answer.text).toEqual({ result: null, error: { code, message: expect.any(String) } });
  expect(answer.status).toBe(status);
  expect(answer.headers.get("content-type")).toBe("application/json; charset=utf-8");
  if (message) expect(answer.body.error.message).toMatch(message);
}

/** The contract's own example, with a deadline that is never past. */
export const coffeeShops = (over: Record<string, unknown> = {}) => ({
  title: "Photograph 3 coffee shops in Shanghai",
  description: "Visit 3 popular coffee shops in Jing'an District, Shanghai.",
  category: "photography",
  budget: 150,
  deadline: new Date(Date.now() + 3 * 86_400_000).toISOString(),
  location: "Shanghai, China",
  remote: false,
  urgency: "medium",
  skillsRequired: ["photography", "local_knowledge"],
  ...over,
});

export const withKey = (as: Person | string, key: string = randomUUID()): Sent => ({
  as,
  headers: { "idempotency-key": key },
});
