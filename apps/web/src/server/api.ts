/** The HTTP API as one web-standard function. Our listener (server.ts) and Next's route files both call it. */

import { type Actor, databaseTime, enterSession, openApi, Refusal, restRoutes } from "@humans2ai/core";
import { env } from "../env.ts";
import { exportAudit, wantsExport } from "./audit-route.ts";
import { getCore } from "./core.ts";
import { discoveryRoutes } from "./discovery.ts";
import { parseJson, serveEnvelope } from "./envelope.ts";
import { downloadFile, uploadFile } from "./files-route.ts";
import { enter, type Incoming, readLimited, refuseSecretsIn } from "./incoming.ts";
import { serveMcp } from "./mcp/serve.ts";
import { errorReply, okReply, type Reply } from "./reply.ts";
import { serveRest } from "./rest.ts";
import { isForeignWrite } from "./same-site.ts";
import { cookieSession } from "./session-actor.ts";
import { makeTurns } from "./turns.ts";

const toResponse = (reply: Reply): Response => new Response(reply.body, reply);

export async function handleApi(request: Request, ip: string): Promise<Response> {
  const url = new URL(request.url);
  const incoming: Incoming = {
    method: request.method,
    url: url.pathname,
    header: (name) => request.headers.get(name),
    ip,
    signal: request.signal,
  };
  try {
    refuseSecretsIn(`${url.pathname}${url.search}`);
    return await route(request, incoming, url.pathname.replace(/^\/api\/v1/, "").replace(/\/$/, ""));
  } catch (error) {
    return toResponse(errorReply(error));
  }
}

/** A body in the making is held in memory: few at once for each account. */
const oneByOne = makeTurns(2, 50);

export type Route = (request: Request, incoming: Incoming) => Promise<Response>;

const routes: Record<string, Record<string, Route>> = {
  ...discoveryRoutes,
  "/mcp": { POST: serveToolCall },
  "/openapi.json": { GET: async () => openApiReply() },
  "/health": { GET: async () => toResponse(await health()) },
  "/files": {
    POST: async (request, incoming) => {
      const actor = await fileActor(request, incoming);
      return oneByOne(actor.userId, () => uploadFile(request, actor));
    },
  },
};
const file: Record<string, Route> = {
  GET: async (request, incoming) => downloadFile(new URL(request.url), await fileActor(request, incoming)),
};

async function route(request: Request, incoming: Incoming, path: string): Promise<Response> {
  const methods = methodsAt(path);
  if (Object.keys(methods).length === 0) throw new Refusal("NOT_FOUND", { path: incoming.url.slice(0, 200) });
  const serve = methods[request.method] ?? (request.method === "HEAD" ? methods.GET : undefined);
  if (serve) return serve(request, incoming);
  throw new Refusal("METHOD_NOT_ALLOWED", { method: request.method, use: Object.keys(methods).join(", ") });
}

/** What is served at a path: by hand, or by a tool that has an address of its own. */
function methodsAt(path: string): Record<string, Route> {
  if (Object.hasOwn(routes, path)) return routes[path]!;
  if (/^\/files\/[^/]+$/.test(path)) return file;
  const tools = [...restRoutes(path)].map(([method, match]): [string, Route] => [
    method,
    async (request, incoming) => {
      const query = new URL(request.url).searchParams;
      if (match.tool === "list_audit_logs" && wantsExport(query, incoming.header("accept"))) {
        return exportAudit(query, await fileActor(request, incoming));
      }
      return toResponse(await serveRest(incoming, match, query, await readLimited(request)));
    },
  ]);
  return Object.fromEntries(tools);
}

/** Files are also fetched and sent by pages, which have a session instead of a bearer. */
async function fileActor(request: Request, incoming: Incoming): Promise<Actor> {
  if (incoming.header("authorization")) return (await enter(incoming)).actor;
  const { actor } = await enterSession(getCore(), await cookieSession(request), incoming.ip);
  if (isForeignWrite(request.method, incoming.header, env().PUBLIC_URL)) {
    throw new Refusal("FORBIDDEN", { message: "Another site cannot upload in your name." });
  }
  if (actor.role === "anonymous") throw new Refusal("UNAUTHORIZED", { message: "Sign in first." });
  return actor;
}

/** `/mcp` takes both forms, told apart by the body: `{tool, input}`, and MCP's JSON-RPC. */
async function serveToolCall(request: Request, incoming: Incoming): Promise<Response> {
  const reply = await serveBytes(incoming, await readLimited(request));
  return "body" in reply ? toResponse(reply) : serveMcp(request, incoming, reply.message);
}

/** The hot path: bytes in, text out, without a Request or Response. A JSON-RPC message is given back instead. */
export async function serveBytes(
  incoming: Incoming,
  bytes: Uint8Array,
): Promise<Reply | { message: unknown }> {
  let message: unknown;
  try {
    message = parseJson(bytes);
  } catch (error) {
    return errorReply(error);
  }
  const isRpc =
    Array.isArray(message) || (typeof message === "object" && message !== null && "jsonrpc" in message);
  return isRpc ? { message } : serveEnvelope(incoming, message);
}

let described: string | undefined;
function openApiReply(): Response {
  described ??= JSON.stringify(openApi(new URL(env().PUBLIC_URL).origin));
  return new Response(described, {
    headers: { "content-type": "application/json; charset=utf-8", "cache-control": "max-age=300" },
  });
}

/** How long the database may take to say that it is well. */
const HEALTH_MS = 3000;

/** Says that the app and its database are well; 503 when the database does not answer. */
async function health(): Promise<Reply> {
  const late = new Promise<never>((_, reject) =>
    setTimeout(() => reject(new Refusal("UNAVAILABLE")), HEALTH_MS).unref(),
  );
  const now = await Promise.race([databaseTime(getCore().client), late]);
  return okReply({ status: "ok", database: "ok", now: now.toISOString() });
}
