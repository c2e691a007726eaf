// The little of JSON-RPC and MCP that a pipe must know.

export type Id = string | number;
export type Json = Record<string, unknown>;

/** Our own failures; outside -32768…-32000, which JSON-RPC and MCP keep for themselves. */
export const CLIENT_FAILURE = -31000;
export const PARSE_ERROR = -32700;
export const INVALID_REQUEST = -32600;

const VERSION_KEY = "io.modelcontextprotocol/protocolVersion";

/** One message from the client, with the text it came as. */
export interface Message {
  json: Json;
  text: string;
}

export function isObject(value: unknown): value is Json {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

export function isMessage(value: unknown): value is Json {
  return isObject(value) && value.jsonrpc === "2.0";
}

export function methodOf(json: Json): string | undefined {
  return typeof json.method === "string" ? json.method : undefined;
}

/** The id of a request; undefined for notifications and responses. */
export function requestId(json: Json): Id | undefined {
  const { id } = json;
  return methodOf(json) !== undefined && (typeof id === "string" || typeof id === "number") ? id : undefined;
}

export function isResponse(json: Json): boolean {
  return json.method === undefined && ("result" in json || "error" in json);
}

export function paramsOf(json: Json): Json {
  return isObject(json.params) ? json.params : {};
}

/** The revision a stateless (2026-07-28 or later) message names in its own `_meta`. */
export function statedVersion(json: Json): string | undefined {
  const meta = paramsOf(json)._meta;
  const version = isObject(meta) ? meta[VERSION_KEY] : undefined;
  return typeof version === "string" ? version : undefined;
}

export function errorResponse(id: Id | null, code: number, message: string): Json {
  return { jsonrpc: "2.0", id, error: { code, message } };
}

/** How a failure of ours looks to the model: a tool error it can read, or a JSON-RPC error. */
export function failureResponse(request: Json, id: Id, sentence: string): Json {
  if (request.method !== "tools/call") return errorResponse(id, CLIENT_FAILURE, sentence);
  const stateless = statedVersion(request) !== undefined;
  return {
    jsonrpc: "2.0",
    id,
    result: {
      ...(stateless ? { resultType: "complete" } : {}),
      content: [{ type: "text", text: sentence }],
      isError: true,
    },
  };
}
