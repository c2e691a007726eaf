/** tools/list and tools/call, from core's registry. */

import { randomUUID } from "node:crypto";
import { describeTool, echoName, type ToolName, tools, toolsOffered, waitsOf } from "@humans2ai/core";
import {
  type CallToolResult,
  type InputRequiredResult,
  ProtocolError,
  ProtocolErrorCode,
  type Server,
  type ServerContext,
  type Tool,
} from "@modelcontextprotocol/server";
import { getCore } from "../core.ts";
import { BINARY, isBinary } from "../envelope.ts";
import { hold } from "../under-way.ts";
import { type Caller, FOR_MODEL } from "./caller.ts";
import { isMoneyTool, runConfirmed } from "./confirm.ts";
import { progressOf } from "./progress.ts";
import { createTask } from "./tasks.ts";
import { toToolFailure, toToolResult } from "./tool-result.ts";

export function serveTools(server: Server, caller: Caller): void {
  server.setRequestHandler("tools/list", () => ({ tools: toolsOffered(caller.actor).map(toMcpTool) }));
  server.setRequestHandler("tools/call", async ({ params }, ctx) => {
    if (!Object.hasOwn(tools, params.name)) {
      throw new ProtocolError(ProtocolErrorCode.InvalidParams, `Unknown tool: ${echoName(params.name)}`);
    }
    if (isBinary(params.name)) {
      throw new ProtocolError(ProtocolErrorCode.InvalidParams, `${params.name} ${BINARY}`);
    }
    return callTool(caller, params.name, params.arguments ?? {}, ctx);
  });
}

function toMcpTool(name: ToolName): Tool {
  const { money: _, ...tool } = describeTool(name);
  return tool as unknown as Tool;
}

async function callTool(
  caller: Caller,
  name: string,
  input: Record<string, unknown>,
  ctx: ServerContext,
): Promise<CallToolResult | InputRequiredResult> {
  const progress = progressOf(ctx);
  // A client that cannot set headers per call gives the key of its retries as an argument.
  const made = "idempotencyKey" in input ? null : randomUUID();
  const options = {
    idempotencyKey: caller.incoming.header("idempotency-key") ?? made,
    ...FOR_MODEL,
    signal: eitherOf(ctx.mcpReq.signal, caller.incoming.signal),
    progress: progress.tell,
  };
  let quiet = () => {};
  const run = async (given: Record<string, unknown>): Promise<CallToolResult> => {
    const task = await createTask(caller, name, given, options, ctx);
    if (task) return task;
    if (waitsOf(name)) quiet = progress.beat("Waiting for people");
    // Held: a caller that hangs up does not keep the process from bringing to its end what it began.
    const result = await hold(getCore().call(caller.actor, name, given, options), name);
    return toToolResult(name, result as Record<string, unknown>);
  };
  try {
    return isMoneyTool(name) ? await runConfirmed(caller, name, input, ctx, run) : await run(input);
  } catch (error) {
    if (error instanceof ProtocolError) throw error;
    return toToolFailure(error);
  } finally {
    quiet();
  }
}

/** The SDK's own signal of a hang-up is as long-lived as a Request, which may be collected while the call waits. */
function eitherOf(...signals: AbortSignal[]): AbortSignal {
  const either = new AbortController();
  for (const signal of signals) {
    if (signal.aborted) either.abort();
    signal.addEventListener("abort", () => either.abort(), { once: true });
  }
  return either.signal;
}
