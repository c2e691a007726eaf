/** `{tool, input}` → `{result, error}`: the contract's plain HTTP form of a tool call. */

import { isUtf8 } from "node:buffer";
import { echoName, Refusal, type ToolName, tools } from "@humans2ai/core";
import { getCore } from "./core.ts";
import { enter, type Incoming, versionWarning } from "./incoming.ts";
import { errorReply, okReply, type Reply, rateHeaders } from "./reply.ts";

export async function serveEnvelope(incoming: Incoming, body: unknown): Promise<Reply> {
  let headers = versionWarning(incoming.header("x-mcp-client-version"));
  try {
    const { actor, rate } = await enter(incoming);
    headers = { ...headers, ...rateHeaders(rate) };
    const { tool, input } = readEnvelope(body);
    if (isBinary(tool)) throw new Refusal("MCP_ERROR", { message: `${tool} ${BINARY}` });
    const idempotencyKey = incoming.header("idempotency-key");
    const options = { idempotencyKey, channel: "http", signal: incoming.signal } as const;
    return okReply(await getCore().call(actor, tool, input, options), headers);
  } catch (error) {
    return errorReply(error, headers);
  }
}

function readEnvelope(body: unknown): { tool: string; input: unknown } {
  if (typeof body !== "object" || body === null || Array.isArray(body)) {
    throw new Refusal("MCP_ERROR", {
      message: 'The body must be a JSON object: {"tool": "…", "input": {…}}.',
    });
  }
  const { tool, input, ...rest } = body as Record<string, unknown>;
  const field = (path: string, message: string) =>
    new Refusal("VALIDATION_ERROR", { message: `${path}: ${message}`, fields: [{ path, message }] });
  const [unknown] = Object.keys(rest);
  if (unknown !== undefined) throw field(echoName(unknown), "is not a known field; send tool and input");
  if (typeof tool !== "string")
    throw field("tool", tool === undefined ? "is required" : "must be the name of a tool");
  if (input !== undefined && (typeof input !== "object" || input === null || Array.isArray(input))) {
    throw field("input", "must be an object");
  }
  return { tool, input };
}

/** Tools that carry bytes are no JSON: files have addresses of their own. */
export const isBinary = (tool: string): boolean =>
  Object.hasOwn(tools, tool) && "binary" in tools[tool as ToolName];
export const BINARY = "carries bytes: use POST /api/v1/files and GET /api/v1/files/{fileId}.";

/** Parses a body; what is no JSON is refused in the contract's shape. */
export function parseJson(bytes: Uint8Array): unknown {
  const wrong = (message: string) => new Refusal("MCP_ERROR", { message });
  if (bytes.length === 0) throw wrong('The body is empty. Send {"tool": "…", "input": {…}}.');
  if (!isUtf8(bytes)) throw wrong("The body is not UTF-8 text.");
  let value: unknown;
  try {
    value = JSON.parse(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("utf8"));
  } catch (error) {
    // After the comma the parser quotes the body, which may hold anything.
    throw wrong(`The body is not valid JSON: ${(error as Error).message.split(/,? (?:\.\.\.)?"/)[0]}.`);
  }
  if (isDeeper(value, MAX_DEPTH)) {
    const message = `is nested more than ${MAX_DEPTH} levels deep`;
    throw new Refusal("VALIDATION_ERROR", {
      message: `body: ${message}`,
      fields: [{ path: "body", message }],
    });
  }
  return value;
}

/** No input of a tool is as deep; what is would end the recursion of whoever walks it. */
const MAX_DEPTH = 32;
const isDeeper = (value: unknown, levels: number): boolean =>
  typeof value === "object" &&
  value !== null &&
  (levels === 0 || Object.values(value).some((one) => isDeeper(one, levels - 1)));
