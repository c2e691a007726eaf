/**
 * Tasks of the Model Context Protocol: handles on what people finish later. A handle says who may look and how to
 * look; its state is what the tool that looks says, so it outlives any process. Callers authenticate before.
 */

import type { CallOptions } from "./call.ts";
import { toIso } from "./codecs.ts";
import { type Actor, newId } from "./context.ts";
import type { Core } from "./core.ts";
import { Refusal } from "./errors.ts";
import type { Tool, Waits } from "./tool.ts";
import { tools } from "./tools/index.ts";

export type Reply = Record<string, unknown>;
/** As core.call takes it; the reader is a model. */
export type TaskOptions = CallOptions & { reader?: "model" };

/** How long a handle is kept, as events are. */
const KEPT_DAYS = 30;
/** More that are under way than this an account has no use for: then the call itself waits for a while. */
const MOST_WORKING = 500;

export interface McpTask {
  id: string;
  tool: string;
  status: "working" | "completed" | "cancelled";
  createdAt: string;
  updatedAt: string;
  ttlMs: number;
  /** The call that tells what came of it; of one that was called off. */
  at?: { tool: string; input: Reply };
  /** What the tool answers in the end; of a completed one. */
  outcome?: Reply | Refusal;
}

interface Row {
  id: string;
  tool: string;
  poll: string;
  poll_input: Reply;
  status: McpTask["status"];
  created_at: string;
  updated_at: string;
}

/** How a tool waits; undefined for one that does not, or that is none. */
export const waitsOf = (name: string): Waits | undefined =>
  Object.hasOwn(tools, name) ? (tools as unknown as Record<string, Tool>)[name]?.waits : undefined;

/**
 * Calls a tool that waits without waiting: answers a handle, or the reply where people have finished already. Null
 * without having called it, where no handle is due: the tool does not wait, the caller said itself how long to, or it
 * has too many.
 */
export async function beginTask(
  core: Core,
  actor: Actor,
  name: string,
  input: Reply,
  options: TaskOptions,
): Promise<{ reply: Reply } | { task: McpTask } | null> {
  const waits = waitsOf(name);
  if (!waits || Object.keys(waits.atOnce).some((field) => field in input)) return null;
  const [count] = await core.client`
    select count(*)::int as working from mcp_task
    where principal = ${actor.userId} and status = 'working' and expires_at > clock_now()`;
  if (count?.working >= MOST_WORKING) return null;
  const reply = (await core.call(actor, name, { ...input, ...waits.atOnce }, options)) as Reply;
  if (waits.done(reply)) return { reply };
  const [row] = await core.client<Row[]>`
    insert into mcp_task (id, principal, tool, poll, poll_input, created_at, updated_at, expires_at)
    values (${newId("mcp", core.now())}, ${actor.userId}, ${name}, ${waits.poll},
      ${JSON.stringify(pollInput(waits, reply))}::text::jsonb, clock_now(), clock_now(),
      clock_now() + ${`${KEPT_DAYS} days`}::interval)
    returning *`;
  return { task: encode(row!) };
}

/** What has come of it; null when there is none of this id for this account, or it is too old. */
export async function lookAtTask(
  core: Core,
  actor: Actor,
  id: string,
  options: TaskOptions,
): Promise<McpTask | null> {
  const row = await find(core, actor, id);
  if (row?.status === "completed")
    return { ...encode(row), outcome: await outcomeOf(core, actor, row, options) };
  if (row?.status !== "working") return row && encode(row);
  const outcome = await outcomeOf(core, actor, row, options);
  if (outcome instanceof Refusal) {
    // What may pass by itself is no end; what one key may not see, another may: it is said, and not kept.
    return outcome.retry ? encode(row) : { ...encode(row), status: "completed", outcome };
  }
  if (!waitsOf(row.tool)?.done(outcome)) return encode(row);
  const ended = await end(core, row, "completed");
  return ended.status === "completed" ? { ...encode(ended), outcome } : encode(ended);
}

/**
 * Calls it off, if it still can be; what cannot goes on, and looking at it says so. What people have finished keeps its
 * outcome. False: there is none.
 */
export async function cancelTask(
  core: Core,
  actor: Actor,
  id: string,
  options: TaskOptions,
): Promise<boolean> {
  const row = await find(core, actor, id);
  if (row?.status !== "working") return row !== null;
  const waits = waitsOf(row.tool);
  // Of many that call it off at once, the later find it called off.
  const ending = async () => {
    const outcome = await outcomeOf(core, actor, row, options);
    if (outcome instanceof Refusal || !waits?.done(outcome)) return null;
    return waits.cancel?.was(outcome) ? "cancelled" : "completed";
  };
  const already = await ending();
  if (already || !waits?.cancel) {
    await end(core, row, already ?? "cancelled");
    return true;
  }
  // The same key however often it is asked for: a retry finds what the first did.
  const idempotencyKey = `cancel ${id}`;
  try {
    await core.call(actor, waits.cancel.tool, row.poll_input, { ...options, idempotencyKey });
  } catch (error) {
    if (error instanceof Refusal && !error.retry) return true;
    throw error;
  }
  await end(core, row, (await ending()) ?? "cancelled");
  return true;
}

/** An account's own only: what is foreign and what is not there look alike. */
async function find(core: Core, { userId }: Actor, id: string): Promise<Row | null> {
  const [row] = await core.client<Row[]>`
    select * from mcp_task where id = ${id} and principal = ${userId} and expires_at > clock_now()`;
  return row ?? null;
}

/** The first to end it says how it ended. */
async function end(core: Core, { id }: Row, status: "completed" | "cancelled"): Promise<Row> {
  await core.client`update mcp_task set status = ${status}, updated_at = clock_now()
    where id = ${id} and status = 'working'`;
  const [row] = await core.client<Row[]>`select * from mcp_task where id = ${id}`;
  return row!;
}

async function outcomeOf(core: Core, actor: Actor, row: Row, options: TaskOptions): Promise<Reply | Refusal> {
  try {
    return (await core.call(actor, row.poll, row.poll_input, options)) as Reply;
  } catch (error) {
    if (error instanceof Refusal) return error;
    throw error;
  }
}

const pollInput = ({ by }: Waits, reply: Reply): Reply =>
  Object.fromEntries(
    by.map((field) => (typeof field === "string" ? [field, reply[field]] : [field[1], reply[field[0]]])),
  );

const encode = (row: Row): McpTask => ({
  id: row.id,
  tool: row.tool,
  status: row.status,
  createdAt: toIso(row.created_at),
  updatedAt: toIso(row.updated_at),
  ttlMs: KEPT_DAYS * 86_400_000,
  ...(row.status === "cancelled" && waitsOf(row.tool)?.cancel
    ? { at: { tool: row.poll, input: row.poll_input } }
    : {}),
});
