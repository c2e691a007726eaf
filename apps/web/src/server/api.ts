/** The HTTP API as one web-standard function. Our listener (server.ts) and Next's route files both call it. */

import { type Actor, databaseTime, Refusal } from "@humans2ai/core";
import { getCore } from "./core.ts";
import { parseJson, serveEnvelope } from "./envelope.ts";
import { downloadFile, uploadFile } from "./files-route.ts";
import { enter, type Incoming, MAX_BODY } from "./incoming.ts";
import { serveMcp } from "./mcp.ts";
import { errorReply, okReply, type Reply } from "./reply.ts";
import { sessionActor } from "./session-actor.ts";

const toResponse = (reply: Reply): Response => new Response(reply.body, reply);

export async function handleApi(request: Request, ip: string): Promise<Response> {
  const url = new URL(request.url);
  const incoming: Incoming = {
    method: request.method,
    url: url.pathname + url.search,
    header: (name) => request.headers.get(name),
    ip,
  };
  try {
    return await route(request, incoming, url.pathname.replace(/^\/api\/v1/, "").replace(/\/$/, ""));
  } catch (error) {
    return toResponse(errorReply(error));
  }
}

async function route(request: Request, incoming: Incoming, path: string): Promise<Response> {
  if (path === "/mcp") return serveToolCall(request, incoming);
  if (path === "/health") return toResponse(await health());
  if (path === "/files") {
    if (request.method !== "POST")
      throw new Refusal("METHOD_NOT_ALLOWED", { method: request.method, use: "POST" });
    return uploadFile(request, await fileActor(request, incoming));
  }
  const file = /^\/files\/([^/]{1,64})$/.exec(path)?.[1];
  if (file && request.method === "GET") return downloadFile(file, await fileActor(request, incoming));
  throw new Refusal("NOT_FOUND", { path: incoming.url });
}

/** Files are also fetched and sent by pages, which have a session instead of a bearer. */
async function fileActor(request: Request, incoming: Incoming): Promise<Actor> {
  if (incoming.header("authorization")) return (await enter(incoming)).actor;
  await enter(incoming);
  return sessionActor(request);
}

/** `/mcp` takes both forms, told apart by the body: `{tool, input}`, and MCP's JSON-RPC. */
async function serveToolCall(request: Request, incoming: Incoming): Promise<Response> {
  if (request.method !== "POST") return serveMcp(request, incoming);
  return serveBody(incoming, await readText(request), () => request);
}

export async function serveBody(incoming: Incoming, text: string, request: () => Request): Promise<Response> {
  const reply = await serveText(incoming, text);
  return "body" in reply ? toResponse(reply) : serveMcp(request(), incoming, reply.message);
}

/** The hot path: text in, text out, without a Request or Response. A JSON-RPC message is given back instead. */
export async function serveText(incoming: Incoming, text: string): Promise<Reply | { message: unknown }> {
  let message: unknown;
  try {
    message = parseJson(text);
  } catch (error) {
    return errorReply(error);
  }
  const isRpc =
    Array.isArray(message) || (typeof message === "object" && message !== null && "jsonrpc" in message);
  return isRpc ? { message } : serveEnvelope(incoming, message);
}

export const tooLarge = () => {
  const message = `is larger than ${MAX_BODY / 1024} kB`;
  return new Refusal("VALIDATION_ERROR", {
    message: `body: ${message}`,
    fields: [{ path: "body", message }],
  });
};

async function readText(request: Request): Promise<string> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of request.body ?? []) {
    size += chunk.length;
    if (size > MAX_BODY) throw tooLarge();
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString("utf8");
}

/** Says that the app and its database are well; 503 when the database does not answer. */
async function health(): Promise<Reply> {
  const now = await databaseTime(getCore().client);
  return okReply({ status: "ok", database: "ok", now: now.toISOString() });
}
