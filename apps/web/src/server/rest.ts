/** The tools that also have an address of their own: REST in, the same door, the contract's reply out. */

import { echoName, inputOfQuery, Refusal, type RestMatch } from "@humans2ai/core";
import { getCore } from "./core.ts";
import { parseJson } from "./envelope.ts";
import { enter, type Incoming } from "./incoming.ts";
import { errorReply, okReply, type Reply, rateHeaders } from "./reply.ts";

/** Path, query and JSON body together are the tool's input; a field that comes twice is refused. */
export async function serveRest(
  incoming: Incoming,
  { tool, params }: RestMatch,
  query: URLSearchParams,
  body: Uint8Array,
): Promise<Reply> {
  let headers: Record<string, string> = {};
  try {
    const { actor, rate } = await enter(incoming);
    headers = rateHeaders(rate);
    const input = merge(params, inputOfQuery(tool, query), body.length > 0 ? asObject(parseJson(body)) : {});
    const idempotencyKey = incoming.header("idempotency-key");
    return okReply(await getCore().call(actor, tool, input, { idempotencyKey, channel: "rest" }), headers);
  } catch (error) {
    return errorReply(error, headers);
  }
}

function asObject(body: unknown): Record<string, unknown> {
  if (typeof body === "object" && body !== null && !Array.isArray(body))
    return body as Record<string, unknown>;
  throw new Refusal("VALIDATION_ERROR", {
    message: "body: must be a JSON object",
    fields: [{ path: "body", message: "must be a JSON object" }],
  });
}

function merge(...parts: Record<string, unknown>[]): Record<string, unknown> {
  const entries = parts.flatMap((part) => Object.entries(part));
  const names = entries.map(([name]) => name);
  const twice = names.find((name, i) => names.indexOf(name) !== i);
  if (twice === undefined) return Object.fromEntries(entries);
  const message = "is given twice: in the path, the query or the body";
  throw new Refusal("VALIDATION_ERROR", {
    message: `${echoName(twice)}: ${message}`,
    fields: [{ path: echoName(twice), message }],
  });
}
