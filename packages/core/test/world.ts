/** A marketplace of its own for each test file: real Postgres, real door, a clock that the test can move. */

import { randomUUID } from "node:crypto";
import postgres from "postgres";
import { afterAll, expect, inject } from "vitest";
import { actorOfUser } from "../src/auth/authenticate.ts";
import type { Input, Output } from "../src/call.ts";
import { type Actor, ANONYMOUS, type FileStore, type Settings } from "../src/context.ts";
import { type Core, type CoreConfig, createCore } from "../src/core.ts";
import { brokenInvariants } from "../src/db/health.ts";
import type { ErrorCode } from "../src/errors.ts";
import { Refusal } from "../src/errors.ts";
import { createAdmin } from "../src/seed.ts";
import type { ToolName } from "../src/tools/index.ts";
import { withDatabase } from "./postgres.ts";

const SECRET = "a test secret of thirty-two bytes or more";
const HOUR = 3_600_000;
/** Everybody's. */
export const PASSWORD = "correct-horse-1";

export interface World {
  core: Core;
  url: string;
  /** The same marketplace, later (or with other settings): a core whose clock runs ahead. */
  later: (hours: number, settings?: Partial<Settings>) => Core;
  /** An agent with its starting balance, and with this much more. */
  agent: (name?: string, more?: number) => Promise<Actor>;
  human: (name?: string) => Promise<Actor>;
  admin: Actor;
  /** Signs an account of this world in, from an address. */
  login: (of: Actor, ip?: string | null, core?: Core) => Promise<Output<"login">>;
  emailOf: (of: Actor) => Promise<string>;
}

export function memoryFiles(): FileStore {
  const kept = new Map<string, Uint8Array>();
  return {
    put: async (id, bytes) => void kept.set(id, bytes),
    remove: async (id) => void kept.delete(id),
    get: async (id) => {
      const bytes = kept.get(id);
      if (!bytes) throw new Error(`no bytes for ${id}`);
      return bytes;
    },
  };
}

/** Each "tool:CODE" that this file's tests were refused with: what `declared` in door.ts holds a tool to. */
export const met = new Set<string>();

/** Opens a world; it ends with the file's tests, and must then hold every invariant but those named as broken. */
export async function openWorld(config: Partial<CoreConfig> = {}, broken: string[] = []): Promise<World> {
  const server = inject("serverUrl");
  const name = `h2a_${randomUUID().replaceAll("-", "")}`;
  const admin = postgres(server, { max: 1, onnotice: () => {} });
  await createFrom(admin, name, inject("template"));
  const url = withDatabase(server, name);
  const files = memoryFiles();
  const cores: Core[] = [];
  const open = (extra: Partial<CoreConfig>) => {
    const core = recording(createCore({ databaseUrl: url, secret: SECRET, files, ...config, ...extra }));
    cores.push(core);
    return core;
  };
  const core = open({});
  afterAll(async () => {
    const found = await brokenInvariants(core.client);
    await Promise.all(cores.map((c) => c.close()));
    await admin.unsafe(`drop database ${name} with (force)`);
    await admin.end();
    expect(found.map((f) => f.name)).toEqual(broken);
  });
  let n = 0;
  const password = PASSWORD;
  const email = () => `user${n++}@example.com`;
  const emailOf = async ({ userId }: Actor): Promise<string> =>
    (await core.client`select email from app_user where id = ${userId}`)[0]?.email;
  /** As just signed in. */
  const made = async (user: { id: string }) => ({
    ...(await actorOfUser(core, user.id)),
    signedInAt: core.now(),
  });
  const makeAgent = async (agentName = "Test Agent", more = 0) => {
    const agent = await made(
      (await core.call(ANONYMOUS, "register", { email: email(), password, agentName })).user,
    );
    if (more > 0) await deposit(core, agent, more);
    return agent;
  };
  await createAdmin(core, "admin@example.com", password, "Admin");
  const [row] = await core.client`select id from app_user where role = 'admin'`;
  return {
    core,
    url,
    later: (hours, settings = {}) =>
      open({ clockOffsetMs: hours * HOUR, settings: { ...config.settings, ...settings } }),
    agent: makeAgent,
    human: async (displayName = "Test Human") =>
      made((await core.call(ANONYMOUS, "register_human", { email: email(), password, displayName })).user),
    admin: await actorOfUser(core, row?.id),
    emailOf,
    login: async (of, ip = null, at = core) =>
      at.call({ ...ANONYMOUS, ip }, "login", { email: await emailOf(of), password }),
  };
}

function recording(core: Core): Core {
  const door = core.call as (actor: Actor, name: string, ...rest: unknown[]) => Promise<unknown>;
  core.call = ((actor: Actor, name: string, ...rest: unknown[]) =>
    door(actor, name, ...rest).catch((error: unknown) => {
      if (error instanceof Refusal) met.add(`${name}:${error.code}`);
      throw error;
    })) as Core["call"];
  return core;
}

/** Postgres copies a template only while nobody else does: the loser of a race tries again. */
async function createFrom(admin: postgres.Sql, name: string, template: string) {
  for (let tries = 0; ; tries++) {
    try {
      await admin.unsafe(`create database ${name} template ${template}`);
      return;
    } catch (error) {
      const busy = error instanceof postgres.PostgresError && error.code === "55006";
      if (!busy || tries > 100) throw error;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
}

/** The contract's own example, with a deadline that is never past. */
export const coffeeShops = (over: Partial<Input<"create_task">> = {}): Input<"create_task"> => ({
  title: "Photograph 3 coffee shops in Shanghai",
  description:
    "Visit 3 popular coffee shops in Jing'an District, Shanghai. Take 5 exterior + 5 interior photos of each. Deliver as a ZIP file.",
  category: "photography",
  budget: 150,
  deadline: new Date(Date.now() + 72 * HOUR).toISOString(),
  location: "Shanghai, China",
  remote: false,
  urgency: "medium",
  skillsRequired: ["photography", "local_knowledge"],
  ...over,
});

/** For a sweep that must not meet anything unexpected. */
export const fail = (error: unknown) => {
  throw error;
};

export const REASON =
  "The interior photos of the second shop are missing; please add five of them and submit again.";

/** Calls a tool with a fresh idempotency key, as an agent's client does. */
export const act = <N extends ToolName>(
  core: Core,
  actor: Actor,
  name: N,
  input: Input<N>,
  idempotencyKey: string = randomUUID(),
): Promise<Output<N>> => core.call(actor, name, input, { idempotencyKey });

/** Expects a refusal with this code, and gives it back. */
export async function refused(code: ErrorCode, promise: Promise<unknown>): Promise<Refusal> {
  const outcome = await promise.then(
    (value) => ({ value }),
    (error: unknown) => error,
  );
  expect(outcome).toBeInstanceOf(Refusal);
  const refusal = outcome as Refusal;
  expect(refusal.code).toBe(code);
  return refusal;
}

/** The same account's program, with a key: what it does, no person did. */
export const asProgram = (actor: Actor): Actor => ({
  ...actor,
  via: "api_key",
  sessionId: null,
  signedInAt: null,
});

export type Stage =
  | "pending_review"
  | "open"
  | "applied"
  | "assigned"
  | "submitted"
  | "rejected_by_agent"
  | "disputed"
  | "completed";

/** A task of this agent, brought to a stage by its human. */
export async function taskAt(
  w: World,
  stage: Stage,
  agent: Actor,
  human: Actor,
  over: Partial<Input<"create_task">> = {},
) {
  const { core } = w;
  const reviewed = stage === "pending_review";
  const task = await act(
    core,
    agent,
    "create_task",
    coffeeShops(reviewed ? { budget: 5001, ...over } : over),
  );
  const taskId = task.id;
  if (stage === "open" || reviewed) return taskId;
  await act(core, human, "apply_to_task", { taskId, message: "I can start tomorrow." });
  if (stage === "applied") return taskId;
  await act(core, agent, "select_applicant", { taskId, humanId: human.userId });
  if (stage === "assigned") return taskId;
  await act(core, human, "submit_proof", { taskId, text: "All photos are in." });
  if (stage === "submitted") return taskId;
  if (stage === "completed") {
    await act(core, agent, "approve_submission", { taskId });
    return taskId;
  }
  await act(core, agent, "reject_submission", { taskId, reason: REASON });
  if (stage === "rejected_by_agent") return taskId;
  await act(core, human, "open_dispute", { taskId, reason: "All thirty photos are there, see page two." });
  return taskId;
}

/** Puts money from outside into an agent's wallet. */
async function deposit(core: Core, actor: Actor, amount: number) {
  await core.client`insert into transfer (id, kind, from_account, to_account, amount, created_at)
    values (${`tx_${randomUUID()}`}, 'deposit', 'world', ${`${actor.userId}:available`}, ${amount * 1e6}, clock_now())`;
}
