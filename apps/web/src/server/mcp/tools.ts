/** tools/list and tools/call, from core's registry. */

import { randomUUID } from "node:crypto";
import {
  describeTool,
  echoName,
  type Progress,
  renderForModel,
  type ToolName,
  tools,
  toolsOffered,
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
import type { Caller } from "./caller.ts";
import { credentialOf } from "./credential.ts";

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
): Promise<CallToolResult> {
  // A client that cannot set headers per call gives the key of its retries as an argument.
  const made = "idempotencyKey" in input ? null : randomUUID();
  try {
    const result = (await getCore().call(caller.actor, name, input, {
      idempotencyKey: caller.incoming.header("idempotency-key") ?? made,
      reader: "model",
      channel: "mcp",
      signal: ctx.mcpReq.signal,
      progress: progressOf(ctx),
    })) as Record<string, unknown>;
    return {
      content: [{ type: "text", text: renderForModel(result) }],
      structuredContent: result,
      ...credentialOf(result),
    };
  } catch (error) {
    const { code, told } = toRefusal(error);
    return { content: [{ type: "text", text: `${code}: ${told}` }], isError: true };
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
