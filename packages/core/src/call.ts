/** The one door: every action of the product runs through `call`. */

import { createHash } from "node:crypto";
import { DrizzleQueryError } from "drizzle-orm";
import postgres from "postgres";
import type { z } from "zod";
import { refuseSecrets } from "./astray.ts";
import { asRecord, type Channel, isAdminRead, recordDone, recordRefusal, type Trail } from "./audit/entry.ts";
import { authorise, checkKey, decode, keyOf } from "./call-checks.ts";
import { toAmount } from "./codecs.ts";
import { paramsHash } from "./confirmation.ts";
import { type Actor, type Context, type Guard, newId, type Progress } from "./context.ts";
import type { Core } from "./core.ts";
import { queries, type Sql } from "./db/client.ts";
import { echoName } from "./errors/row.ts";
import { isErrorCode, Refusal } from "./errors.ts";
import { availableAccount } from "./ledger.ts";
import { dryRunOf, type Tool } from "./tool.ts";
import { type ToolName, tools } from "./tools/index.ts";

export interface CallOptions {
  /** One per request, reused on its retries: the same key and body give the same reply with no second effect. */
  idempotencyKey?: string | null;
  /** The door it came in by, for the audit; without one it is the process itself that calls. */
  channel?: Channel;
  /** Ends what waits for something to happen. */
  signal?: AbortSignal;
  /** Told how a call that waits goes on. */
  progress?: (progress: Progress) => void;
}

type Registry = typeof tools;
export type Input<N extends ToolName> = z.input<Registry[N]["input"]>;
export type Output<N extends ToolName> = z.output<Registry[N]["output"]>;
/** What a tool answers to an input with `dryRun: true`. */
export type DryRunOutput<N extends ToolName> = z.output<NonNullable<Registry[N]["dryRun"]>["output"]>;

const sha256 = (text: string) => createHash("sha256").update(text).digest();

/** Authorise → decode → idempotency → transaction → run → encode. Throws a Refusal for every expected failure. */
export async function call<N extends ToolName>(
  core: Core,
  actor: Actor,
  name: N,
  input: Input<N>,
  options?: CallOptions,
): Promise<Output<N>>;
export async function call(
  core: Core,
  actor: Actor,
  name: string,
  input: unknown,
  options?: CallOptions,
): Promise<unknown>;
export async function call(
  core: Core,
  actor: Actor,
  name: string,
  input: unknown,
  options: CallOptions = {},
) {
  const tool = findTool(name);
  const { channel = actor.role === "clock" ? "clock" : "job" } = options;
  const idempotencyKey = keyOf(tool, options.idempotencyKey ?? null, input);
  const trail: Trail = { actor, channel, tool: name, input: asRecord(input), idempotencyKey };
  try {
    return await take(core, tool, trail, input, options);
  } catch (error) {
    const refusal = await toRefusal(core, actor, trail.input, error);
    if (refusal instanceof Refusal) await recordRefusal(core.client, core.secret, trail, refusal);
    throw refusal;
  } finally {
    if (tool.effect !== "read" && !dryRunOf(tool, input)) core.feed.tell();
  }
}

async function take(
  core: Core,
  tool: Tool,
  trail: Trail,
  input: unknown,
  { signal, progress = () => undefined, idempotencyKey }: CallOptions,
): Promise<unknown> {
  const { actor, tool: name } = trail;
  const now = core.now();
  authorise(tool, actor, now);
  const decoded = decode(tool, input);
  refuseSecrets(decoded);
  const dryRun = dryRunOf(tool, decoded);
  const key = dryRun ? null : checkKey(tool, trail, idempotencyKey ?? null);
  let recorded = false;
  const context = (sql: Sql, guard: Guard | null): Context => ({
    actor,
    now,
    settings: core.settings,
    secret: core.secret,
    auditKey: core.auditKey,
    files: core.files,
    riskGate: core.riskGate,
    feed: core.feed,
    signal: signal ?? null,
    progress,
    client: core.client,
    guard,
    trail,
    sql,
    db: sql === core.client ? core.db : queries(sql, core.client),
    id: (prefix) => newId(prefix, now),
    begin: (run) =>
      core.client.begin(async (tx) => {
        const made = await run(context(tx, null));
        await recordDone(tx, trail, made);
        recorded = true;
        return made;
      }) as ReturnType<typeof run>,
  });
  if (dryRun) return dryRun.output.parse(await dryRun.run(context(core.client, null), decoded as never));
  const run = (ctx: Context) => tool.run(ctx, decoded as never);
  if (tool.money) return settled(tool, await run(context(core.client, guardOf(name, key, input))));
  if (tool.effect === "read" || tool.ownTransaction) {
    const output = settled(tool, await run(context(core.client, null)));
    const due = tool.effect === "read" ? isAdminRead(tool, trail) : !recorded;
    if (due) await recordDone(core.client, trail, output);
    return output;
  }
  const outcome = await core.client.begin((tx) => inTransaction(tool, trail, key, context(tx, null), run));
  if (outcome instanceof Refusal) throw outcome;
  return outcome;
}

/** A write with its idempotency key and its audit entry. A refusal that is answered, not thrown, keeps what it wrote. */
async function inTransaction(
  tool: Tool,
  trail: Trail,
  key: string | null,
  ctx: Context,
  run: (ctx: Context) => Promise<unknown>,
) {
  const { sql: tx, actor } = ctx;
  if (key) {
    const [claim] =
      await tx`select claim_key(${actor.userId}, ${key}, ${requestHash(trail.tool, trail.input)}) as reply`;
    if (claim?.reply === DONE) return new Refusal("ALREADY_DONE", { tool: trail.tool });
    if (claim?.reply) return tool.output.parse(claim.reply); // jsonb forgot the order of the fields
  }
  const output = await run(ctx);
  if (output instanceof Refusal) {
    if (key) await tx`delete from idempotency where principal = ${actor.userId} and key = ${key}`;
    return output;
  }
  const reply = tool.output.parse(output);
  const kept = tool.secretOutput ? DONE : reply;
  // Together: the driver sends both in one go.
  await Promise.all([
    recordDone(tx, trail, reply),
    key &&
      tx`update idempotency set reply = ${JSON.stringify(kept)}::text::jsonb
        where principal = ${actor.userId} and key = ${key}`,
  ]);
  return reply;
}

function findTool(name: string): Tool {
  if (!Object.hasOwn(tools, name)) {
    throw new Refusal("MCP_ERROR", {
      message: `There is no tool named "${echoName(name)}". tools/list lists them all.`,
    });
  }
  return tools[name as ToolName] as unknown as Tool;
}

/** Stored in place of a reply that holds a secret. */
const DONE = "done";

/** What a key is bound to: without the confirmation token, as a retry may carry a fresh one. */
const requestHash = (name: string, input: unknown) =>
  paramsHash(name, (input ?? {}) as Record<string, unknown>);

function guardOf(tool: string, key: string | null, input: unknown): Guard {
  const params = (input ?? {}) as Record<string, unknown>;
  const token = params.confirmationToken;
  return {
    tool,
    key,
    hash: key ? requestHash(tool, input) : null,
    confirmation: typeof token === "string" ? sha256(token) : null,
    paramsHash: typeof token === "string" ? requestHash(tool, params) : null,
  };
}

function settled(tool: Tool, output: unknown): unknown {
  if (output instanceof Refusal) throw output;
  return tool.output.parse(output);
}

/** What the database refuses, in the product's words; everything unexpected stays as it is. */
async function toRefusal(
  core: Core,
  actor: Actor,
  { budget }: Trail["input"],
  thrown: unknown,
): Promise<unknown> {
  // Drizzle wraps what the driver says in a text with all parameters, secrets among them.
  const error = thrown instanceof DrizzleQueryError ? thrown.cause : thrown;
  if (!(error instanceof postgres.PostgresError)) return error;
  if (error.code === "H2000" && isErrorCode(error.message)) {
    const facts = error.detail ? JSON.parse(error.detail) : {};
    return new Refusal(error.message, facts);
  }
  const { constraint_name: broken } = error;
  if (broken === "transfer_settled_once" || (broken === "account_no_overdraw" && budget === undefined)) {
    return new Refusal("NO_LOCKED_ESCROW");
  }
  if (broken === "account_no_overdraw") {
    const [row] = await core.client`select balance from account where id = ${availableAccount(actor.userId)}`;
    return new Refusal("INSUFFICIENT_BALANCE", {
      balance: toAmount(row?.balance ?? 0),
      needed: budget,
    });
  }
  const contended = ["55P03", "40P01", "40001"]; // lock timeout, deadlock, serialization failure
  return contended.includes(error.code) ? new Refusal("CONFLICT") : error;
}
