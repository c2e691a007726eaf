/** The composition of the core: one object that the transports, the jobs and the tests hold. */

import type { z } from "zod";
import { type AuditKey, deriveAuditKey } from "./audit/key.ts";
import { type CallOptions, call, type DryRunOutput, type Input, type Output } from "./call.ts";
import {
  type Actor,
  defaultSettings,
  type FileStore,
  newId,
  type RiskGate,
  type Settings,
} from "./context.ts";
import { type Client, connect, type Db, queries } from "./db/client.ts";
import { Refusal } from "./errors.ts";
import { type Feed, openFeed } from "./feed.ts";
import { localGate } from "./risk/gate.ts";
import { dryRunOf, type Tool } from "./tool.ts";
import { type ToolName, tools } from "./tools/index.ts";
import { type Guarded, guardRefusal, guardReply } from "./untrusted/guard.ts";

export interface CoreConfig {
  databaseUrl: string;
  /** At least 32 bytes; signs idTokens. */
  secret: string;
  /** Signs the audit's seals; by default derived from the secret. */
  auditKey?: AuditKey;
  files: FileStore;
  settings?: Partial<Settings>;
  riskGate?: RiskGate;
  poolSize?: number;
  /** Told of faults that have no caller to tell; by default they go to the console. */
  report?: (error: unknown) => void;
  /** Moves the clock, in code and in the database alike. */
  clockOffsetMs?: number;
}

export interface Core {
  client: Client;
  db: Db;
  settings: Settings;
  secret: Uint8Array;
  auditKey: AuditKey;
  files: FileStore;
  riskGate: RiskGate;
  feed: Feed;
  now: () => Date;
  call: BoundCall;
  close: () => Promise<void>;
}

interface ReadOptions extends CallOptions {
  /** Who reads the reply. What an agent is told, a model reads; over MCP that holds for every role. */
  reader?: "model";
}

interface BoundCall {
  <N extends ToolName>(
    actor: Actor,
    name: N,
    input: Input<N> & { dryRun: true },
    options?: ReadOptions,
  ): Promise<DryRunOutput<N>>;
  <N extends ToolName>(
    actor: Actor,
    name: N,
    input: Input<N>,
    options?: ReadOptions,
  ): Promise<Guarded<Output<N>>>;
  (actor: Actor, name: string, input: unknown, options?: ReadOptions): Promise<unknown>;
}

export function createCore(config: CoreConfig): Core {
  if (Buffer.byteLength(config.secret) < 32) throw new Error("The secret needs at least 32 bytes.");
  const offset = config.clockOffsetMs ?? 0;
  const client = connect(config.databaseUrl, {
    clockOffsetMs: offset,
    ...(config.poolSize ? { max: config.poolSize } : {}),
  });
  const feed = openFeed(client, config.report ?? console.error);
  return bind({
    client,
    feed,
    db: queries(client, client),
    settings: { ...defaultSettings, ...config.settings },
    secret: new TextEncoder().encode(config.secret),
    auditKey: config.auditKey ?? deriveAuditKey(config.secret),
    files: config.files,
    riskGate: config.riskGate ?? localGate,
    now: () => new Date(Date.now() + offset),
    close: async () => {
      await feed.close();
      await client.end({ timeout: 5 });
    },
  });
}

function bind(parts: Omit<Core, "call">): Core {
  const core: Core = {
    ...parts,
    call: ((actor: Actor, name: string, input: unknown, options: ReadOptions = {}) => {
      const reply = call(core, actor, name, input, options);
      return actor.role === "agent" || options.reader === "model"
        ? guarded(core, actor, schemaOf(name, input), reply)
        : reply;
    }) as BoundCall,
  };
  return core;
}

/** The schema of a reply; looked up only once there is one, as there may be no such tool. */
const schemaOf = (name: string, input: unknown) => () => {
  const tool: Tool = tools[name as ToolName];
  return (dryRunOf(tool, input) ?? tool).output;
};

/** A reply, or a refusal, as a model may read it. Its delimiters are drawn after all texts in it were written. */
async function guarded(
  core: Core,
  actor: Actor,
  schema: () => z.ZodType,
  reply: Promise<unknown>,
): Promise<unknown> {
  const boundary = newId("", core.now()).slice(-16);
  try {
    const value = await reply;
    return guardReply(schema(), value, actor, boundary);
  } catch (error) {
    throw error instanceof Refusal ? guardRefusal(error, boundary) : error;
  }
}

/** The same core under other settings. */
export const withSettings = (core: Core, settings: Partial<Settings>): Core =>
  bind({ ...core, settings: { ...core.settings, ...settings } });
