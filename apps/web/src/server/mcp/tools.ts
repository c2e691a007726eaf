/** tools/list and tools/call, from core's registry. */

import { randomUUID } from "node:crypto";
import {
  contractTools,
  describeTool,
  echoName,
  type Progress,
  renderForModel,
  type ToolName,
  tools,
  toolsFor,
} from "@humans2ai/core";
import {
  type CallToolResult,
  type InputRequiredResult,
  isInputRequiredResult,
  ProtocolError,
  ProtocolErrorCode,
  type Server,
  type ServerContext,
  type Tool,
} from "@modelcontextprotocol/server";
import { getCore } from "../core.ts";
import { BINARY, isBinary } from "../envelope.ts";
import { toRefusal } from "../reply.ts";
import type { Caller } from "./caller.ts";
import { isMoneyTool, runConfirmed } from "./confirm.ts";
import { credentialOf } from "./credential.ts";

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
        const tool: { contract?: true; session?: true; person?: true; who: readonly string[] } = tools[name];
        return tool.contract || (tool.who.includes(actor.role) && !tool.session && !tool.person);
      });

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
  const run = async (given: unknown) =>
    (await getCore().call(caller.actor, name, given, {
      idempotencyKey: caller.incoming.header("idempotency-key") ?? randomUUID(),
      reader: "model",
      channel: "mcp",
      signal: ctx.mcpReq.signal,
      progress: progressOf(ctx),
    })) as Record<string, unknown>;
  try {
    const result = isMoneyTool(name) ? await runConfirmed(caller, name, input, ctx, run) : await run(input);
    if (isInputRequiredResult(result)) return result;
    return {
      content: [{ type: "text", text: renderForModel(result) }],
      structuredContent: result,
      ...credentialOf(result),
    };
  } catch (error) {
    if (error instanceof ProtocolError) throw error;
    const { code, message } = toRefusal(error);
    return { content: [{ type: "text", text: `${code}: ${message}` }], isError: true };
  }
}

/** Sends a waiting call's progress to a client that asked for it. */
function progressOf({ mcpReq }: ServerContext): (progress: Progress) => void {
  const progressToken = mcpReq._meta?.progressToken;
  if (progressToken === undefined) return () => undefined;
  return ({ done, total, message }) => {
    const params = { progressToken, progress: done, message, ...(total === undefined ? {} : { total }) };
    // Who has hung up needs no progress, and the call's own end says so.
    mcpReq.notify({ method: "notifications/progress", params }).catch(() => undefined);
  };
}
