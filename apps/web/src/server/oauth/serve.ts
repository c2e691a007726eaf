/** The authorization server: its addresses, its metadata (RFC 8414), and how it says no. */

import { APP_PERMISSIONS } from "@humans2ai/core";
import OAuth2Server from "@node-oauth/oauth2-server";
import { toRefusal } from "../reply.ts";
import { serveAuthorize } from "./authorize.ts";
import { registers, serveRegister, serveRevoke, serveToken } from "./endpoints.ts";
import { json } from "./form.ts";
import { issuer, resourceMetadata } from "./resource.ts";

type Endpoint = (request: Request, ip: string) => Promise<Response>;

const endpoints: Record<string, { method: "GET" | "POST"; serve: Endpoint; off?: () => boolean }> = {
  "/oauth/authorize": { method: "GET", serve: serveAuthorize },
  "/oauth/token": { method: "POST", serve: serveToken },
  "/oauth/revoke": { method: "POST", serve: serveRevoke },
  "/oauth/register": { method: "POST", serve: serveRegister, off: () => !registers() },
};

/** Everybody may read it, pages of other sites too. */
const PUBLIC = { "access-control-allow-origin": "*", "cache-control": "max-age=300" };

/** What is served at an address, if it is one of OAuth's. */
export function oauthAt(path: string): Endpoint | null {
  if (Object.hasOwn(endpoints, path)) {
    const { method, serve, off } = endpoints[path]!;
    if (off?.()) return null;
    return (request, ip) => (request.method === method ? answered(request, ip, serve) : notAllowed(method));
  }
  const document =
    path === "/.well-known/oauth-authorization-server" ? serverMetadata() : resourceMetadata(path);
  if (!document) return null;
  return (request) => (/^(GET|HEAD)$/.test(request.method) ? described(document) : notAllowed("GET"));
}

const described = async (document: object) => json(200, document, PUBLIC);
const notAllowed = async (allow: string) => json(405, { error: "invalid_request" }, { allow });

function serverMetadata(): object {
  const at = (path: string) => `${issuer()}/oauth/${path}`;
  return {
    issuer: issuer(),
    authorization_endpoint: at("authorize"),
    token_endpoint: at("token"),
    revocation_endpoint: at("revoke"),
    ...(registers() ? { registration_endpoint: at("register") } : {}),
    scopes_supported: APP_PERMISSIONS,
    response_types_supported: ["code"],
    response_modes_supported: ["query"],
    grant_types_supported: ["authorization_code", "refresh_token"],
    code_challenge_methods_supported: ["S256"],
    token_endpoint_auth_methods_supported: ["none"],
    revocation_endpoint_auth_methods_supported: ["none"],
    authorization_response_iss_parameter_supported: true,
    client_id_metadata_document_supported: true,
  };
}

async function answered(request: Request, ip: string, serve: Endpoint): Promise<Response> {
  try {
    return await serve(request, ip);
  } catch (error) {
    const { status, body, headers } = failure(error);
    // At this one address it is a person who reads the answer.
    return serve === serveAuthorize
      ? told(status, body.error_description, headers)
      : json(status, body, headers);
  }
}

interface Failure {
  status: number;
  body: { error: string; error_description: string };
  headers: Record<string, string>;
}

function failure(error: unknown): Failure {
  if (error instanceof OAuth2Server.OAuthError && error.name !== "server_error") {
    const headers: Record<string, string> = error.code === 401 ? { "www-authenticate": "Basic" } : {};
    return { status: error.code, body: { error: error.name, error_description: error.message }, headers };
  }
  const inner = error instanceof OAuth2Server.OAuthError ? (error as { inner?: unknown }).inner : error;
  const { http, message, facts } = toRefusal(inner ?? error);
  const headers: Record<string, string> = http === 429 ? { "retry-after": String(facts.retryAfter) } : {};
  const name = { 400: "invalid_request", 429: "temporarily_unavailable", 503: "temporarily_unavailable" }[
    http as 400
  ];
  return { status: http, body: { error: name ?? "server_error", error_description: message }, headers };
}

const told = (status: number, why: string, headers: Record<string, string>) =>
  new Response(
    `This app cannot be connected: ${why}.\n\nGo back to the app and try again; if it stays so, its maker has to mend it.\n`,
    {
      status,
      headers: { "content-type": "text/plain; charset=utf-8", "cache-control": "no-store", ...headers },
    },
  );
