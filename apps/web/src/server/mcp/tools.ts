/** tools/list and tools/call, from core's registry. */

import { randomUUID } from "node:crypto";
import {
  contractTools,
  describeTool,
  echoName,
  renderForModel,
  type ToolName,
  tools,
  toolsFor,
} from "@humans2ai/core";
import {
  type CallToolResult,
  ProtocolError,
  ProtocolErrorCode,
  type Server,
  type ServerContext,
  type Tool,
} from "@modelcontextprotocol/server";
import { getCore } from "../core.ts";
import { BINARY, isBinary } from "../envelope.ts";
import { toRefusal } from "../reply.ts";
import { hold } from "../under-way.ts";
import { type Caller, FOR_MODEL } from "./caller.ts";
import { credentialOf } from "./credential.ts";
import { progressOf } from "./progress.ts";
import { linksOf, waitsOf } from "./waits.ts";

export function serveTools(server: Server, caller: Caller): void {
  server.setRequestHandler("tools/list", () => ({ tools: listedTools(caller.actor).map(toMcpTool) }));
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

/** The contract's tools and those of the caller's role. Who has no account yet sees what an agent gets by register. */
const listedTools = (actor: Caller["actor"]): ToolName[] =>
  actor.role === "anonymous"
    ? contractTools
    : toolsFor(actor.role).filter((name) => {
        const tool: { contract?: true; session?: true; who: readonly string[] } = tools[name];
        return tool.contract || (tool.who.includes(actor.role) && !tool.session);
      });

function toMcpTool(name: ToolName): Tool {
  const { money: _, ...tool } = describeTool(name);
  return tool as unknown as Tool;
}

async function callTool(
  caller: Caller,
  name: string,
  input: unknown,
  ctx: ServerContext,
): Promise<CallToolResult> {
  const progress = progressOf(ctx);
  const quiet = waitsOf(name) ? progress.beat("Waiting for people") : () => undefined;
  try {
    // Held: a caller that hangs up does not keep the process from bringing to its end what it began.
    const call = getCore().call(caller.actor, name, input, {
      idempotencyKey: caller.incoming.header("idempotency-key") ?? randomUUID(),
      ...FOR_MODEL,
      signal: eitherOf(ctx.mcpReq.signal, caller.incoming.signal),
      progress: progress.tell,
    });
    return toToolResult(name, (await hold(call)) as Record<string, unknown>);
  } catch (error) {
    return toToolFailure(error);
  } finally {
    quiet();
  }
}

function toToolResult(name: string, result: Record<string, unknown>): CallToolResult {
  const links = waitsOf(name) ? linksOf(result) : [];
  return {
    content: [{ type: "text", text: renderForModel(result) }, ...links],
    structuredContent: result,
    ...credentialOf(result),
  };
}

function toToolFailure(error: unknown): CallToolResult {
  const { code, message } = toRefusal(error);
  return { content: [{ type: "text", text: `${code}: ${message}` }], isError: true };
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
