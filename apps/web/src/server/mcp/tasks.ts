/** The extension io.modelcontextprotocol/tasks: what people finish later is answered by a handle, which outlives us. */

import { beginTask, cancelTask, lookAtTask, type McpTask, Refusal } from "@humans2ai/core";
import {
  type CallToolResult,
  CLIENT_CAPABILITIES_META_KEY,
  type ClientCapabilities,
  MissingRequiredClientCapabilityError,
  ProtocolError,
  ProtocolErrorCode,
  type Server,
  type ServerContext,
} from "@modelcontextprotocol/server";
import { z } from "zod";
import { getCore } from "../core.ts";
import { toRefusal } from "../reply.ts";
import { hold } from "../under-way.ts";
import { type Caller, FOR_MODEL } from "./caller.ts";
import { toToolFailure, toToolResult } from "./tool-result.ts";

const EXTENSION = "io.modelcontextprotocol/tasks";
/** 2026-07-28 has it; in 2025-11-25 tasks were something else, which was never served here. */
export const TASKS_CAPABILITY = { extensions: { [EXTENSION]: {} } };
const POLL_MS = 5000;

type CallOptions = Parameters<typeof beginTask>[4];

/** Of this request: a client that has it must say so each time. */
function declares({ mcpReq }: ServerContext): boolean {
  const envelope = mcpReq.envelope as { [CLIENT_CAPABILITIES_META_KEY]?: ClientCapabilities } | undefined;
  return envelope?.[CLIENT_CAPABILITIES_META_KEY]?.extensions?.[EXTENSION] !== undefined;
}

/** A handle in place of a wait, for a client that declares on this request that it can go on with one; else null. */
export async function createTask(
  { actor }: Caller,
  name: string,
  input: Record<string, unknown>,
  options: CallOptions,
  ctx: ServerContext,
): Promise<CallToolResult | null> {
  if (!declares(ctx)) return null;
  const begun = await hold(beginTask(getCore(), actor, name, input, options), name);
  if (!begun) return null;
  if ("reply" in begun) return toToolResult(name, begun.reply);
  return { resultType: "task", ...shown(begun.task) } as unknown as CallToolResult;
}

const byId = { params: z.looseObject({ taskId: z.string() }) };

export function serveTasks(server: Server, caller: Caller): void {
  const core = getCore();
  server.setRequestHandler("tasks/get", byId, ({ taskId }, ctx) =>
    answered(ctx, async () => {
      const task = await lookAtTask(core, caller.actor, taskId, FOR_MODEL);
      if (!task) throw unknown();
      return {
        ...shown(task),
        ...(task.outcome === undefined ? {} : { result: resultOf(task, task.outcome) }),
      };
    }),
  );
  server.setRequestHandler("tasks/cancel", byId, ({ taskId }, ctx) =>
    answered(ctx, async () => {
      if (!(await hold(cancelTask(core, caller.actor, taskId, FOR_MODEL), "tasks/cancel"))) throw unknown();
      return {};
    }),
  );
  // No task asks its client for anything: what comes unasked is taken, and changes nothing.
  server.setRequestHandler("tasks/update", byId, ({ taskId }, ctx) =>
    answered(ctx, async () => {
      if (!(await lookAtTask(core, caller.actor, taskId, FOR_MODEL))) throw unknown();
      return {};
    }),
  );
}

const unknown = () => new ProtocolError(ProtocolErrorCode.InvalidParams, "There is no such task.");

async function answered<T>(ctx: ServerContext, run: () => Promise<T>): Promise<T> {
  if (!declares(ctx))
    throw new MissingRequiredClientCapabilityError({ requiredCapabilities: TASKS_CAPABILITY });
  try {
    return await run();
  } catch (error) {
    if (error instanceof ProtocolError) throw error;
    throw new ProtocolError(ProtocolErrorCode.InternalError, toRefusal(error).message);
  }
}

const shown = ({ id, status, createdAt, updatedAt, ttlMs, at }: McpTask) => ({
  taskId: id,
  status,
  createdAt,
  lastUpdatedAt: updatedAt,
  ttlMs,
  ...(at
    ? { statusMessage: `Called off. ${at.tool} ${JSON.stringify(at.input)} tells what came of it.` }
    : {}),
  ...(status === "working" ? { statusMessage: "Waiting for people.", pollIntervalMs: POLL_MS } : {}),
});

/** A refusal is a result too, as in tools/call. */
const resultOf = ({ tool }: McpTask, outcome: NonNullable<McpTask["outcome"]>) => ({
  resultType: "complete",
  ...(outcome instanceof Refusal ? toToolFailure(outcome) : toToolResult(tool, outcome)),
});
