/** The same tools as real MCP (JSON-RPC over Streamable HTTP), on the official SDK, for every protocol revision. */

import { type Actor, APP_PERMISSIONS, Refusal, type ToolName, tools, visible } from "@humans2ai/core";
import {
  createMcpHandler,
  localhostAllowedHostnames,
  validateHostHeader,
  validateOriginHeader,
} from "@modelcontextprotocol/server";
import { env } from "../../env.ts";
import { enter, type Incoming, versionWarning } from "../incoming.ts";
import { challenge, demandsSignIn } from "../oauth/resource.ts";
import { errorReply, rateHeaders, toRefusal } from "../reply.ts";
import { callerOf, toAuthInfo } from "./caller.ts";
import { serverFor } from "./server.ts";
import { isListen, serveListen } from "./subscriptions.ts";

// No onerror: it is told of what clients do wrong, and they are answered. Our own faults are logged by toRefusal.
const handler = createMcpHandler(({ authInfo, era }) => serverFor(callerOf(authInfo), era));

/** Serves a JSON-RPC message; the credential is checked before the protocol is spoken. */
export async function serveMcp(
  request: Request,
  incoming: Incoming,
  parsedBody?: unknown,
): Promise<Response> {
  const warning = versionWarning(incoming.header("x-mcp-client-version"));
  try {
    checkHost(incoming);
    // A batch would count as one request and share one idempotency key; revisions after 2025-03-26 have none.
    if (Array.isArray(parsedBody)) {
      throw new Refusal("MCP_ERROR", { message: "Batches are not served: send one message per request." });
    }
    const { actor, rate } = await enter(incoming);
    if (actor.role === "anonymous" && demandsSignIn(incoming.url)) throw new Refusal("UNAUTHORIZED");
    const stepUp = missingScope(actor, parsedBody);
    if (stepUp) throw new Refusal("FORBIDDEN", { permission: stepUp, granted: actor.permissions });
    const caller = { actor, incoming };
    const sound = withMcpHeaders(request, parsedBody);
    const options = {
      authInfo: toAuthInfo(caller),
      ...(parsedBody === undefined ? {} : { parsedBody }),
    };
    const response = isListen(parsedBody)
      ? await serveListen(sound, caller, options)
      : await handler.fetch(sound, options);
    for (const [name, value] of Object.entries({ ...warning, ...rateHeaders(rate) }))
      response.headers.set(name, value);
    return response;
  } catch (error) {
    return jsonRpcFailure(toRefusal(error), incoming, parsedBody, warning);
  }
}

/** A bare request, as by curl, does not say what the protocol wants said; its body has told already what it is. */
function withMcpHeaders(request: Request, parsedBody: unknown): Request {
  const accept = request.headers.get("accept") ?? "*/*";
  const isJson = request.headers.get("content-type")?.startsWith("application/json");
  if (parsedBody === undefined || (accept !== "*/*" && isJson)) return request;
  const headers = new Headers(request.headers);
  headers.set("content-type", "application/json");
  if (accept === "*/*") headers.set("accept", "application/json, text/event-stream");
  const { url, method, signal } = request;
  return new Request(url, { method, headers, body: JSON.stringify(parsedBody), signal });
}

/** A page of another site must not speak to a server on its reader's machine, under whatever name it found it. */
function checkHost(incoming: Incoming) {
  const { PUBLIC_URL, ALLOWED_HOSTS } = env();
  const allowed = [new URL(PUBLIC_URL).hostname, ...localhostAllowedHostnames(), ...ALLOWED_HOSTS];
  const refuse = (what: string) =>
    new Refusal("FORBIDDEN", {
      message: `MCP is not served to this ${what}. Use ${PUBLIC_URL}, or add its name to ALLOWED_HOSTS.`,
    });
  if (!validateHostHeader(incoming.header("host"), allowed).ok) throw refuse("Host");
  if (!validateOriginHeader(incoming.header("origin"), allowed).ok) throw refuse("Origin");
}

/** A refusal before any tool runs, as a JSON-RPC error with the HTTP status that belongs to it. */
function jsonRpcFailure(
  refusal: Refusal,
  incoming: Incoming,
  body: unknown,
  headers: Record<string, string>,
): Response {
  const reply = errorReply(refusal, headers);
  const authenticate = wantedCredential(refusal, incoming);
  if (authenticate) reply.headers["www-authenticate"] = authenticate;
  const given = typeof body === "object" && body !== null && "id" in body ? body.id : null;
  const id = typeof given === "string" || typeof given === "number" ? given : null;
  const error = { code: -refusal.http, message: visible(refusal.message), data: { code: refusal.code } };
  return new Response(JSON.stringify({ jsonrpc: "2.0", id, error }), reply);
}

/** What a connected app would have to be given for this call; undefined when nothing, or nothing that an app can get. */
function missingScope(actor: Actor, body: unknown): string | undefined {
  if (actor.via !== "oauth") return undefined;
  const { method, params } = body as { method?: unknown; params?: { name?: unknown } };
  const name = params?.name;
  if (method !== "tools/call" || typeof name !== "string" || !Object.hasOwn(tools, name)) return undefined;
  const { permission } = tools[name as ToolName];
  const mayAsk = APP_PERMISSIONS.some((one) => one === permission);
  return permission && mayAsk && !actor.permissions.includes(permission) ? permission : undefined;
}

/** How a client is told to get a token, or a better one; undefined when that would not help. */
function wantedCredential({ http, facts }: Refusal, incoming: Incoming): string | undefined {
  if (http === 401) {
    return challenge(incoming.url, incoming.header("authorization") ? { error: "invalid_token" } : {});
  }
  if (http !== 403 || !Array.isArray(facts.granted)) return undefined;
  return challenge(incoming.url, {
    error: "insufficient_scope",
    scope: [...facts.granted, String(facts.permission)],
  });
}
