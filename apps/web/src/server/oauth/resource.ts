/** MCP as an OAuth resource: where it is, what an app may be given there, and how a client is told (RFC 9728, 6750). */

import { APP_PERMISSIONS } from "@humans2ai/core";
import { env } from "../../env.ts";

/** The authorization server's name, and where everything of it is. */
export const issuer = (): string => new URL(env().PUBLIC_URL).origin;

/** Both are the same MCP server; the second wants a credential from the first request on, which starts a client's OAuth. */
const MCP_PATHS = ["/api/v1/mcp", "/mcp"] as const;
const SIGN_IN_PATH = "/mcp";
const METADATA = "/.well-known/oauth-protected-resource";

/** What an app is offered that does not say what it wants: enough to hire a human. */
export const USUAL = ["tasks:read", "tasks:write", "wallet:read", "messages:read", "messages:write"] as const;

/** The MCP path of an address; undefined elsewhere. */
export const mcpPath = (url: string): (typeof MCP_PATHS)[number] | undefined => {
  const path = url.split("?", 1)[0]!.replace(/\/$/, "");
  return MCP_PATHS.find((one) => one === path);
};
export const demandsSignIn = (url: string): boolean => mcpPath(url) === SIGN_IN_PATH;

/** The one audience of all access tokens, by whichever of its names the resource was asked for. */
export const audience = (): string => `${issuer()}${MCP_PATHS[0]}`;

/** Whether a `resource` (RFC 8707) is ours. */
export function isOurResource(resource: string): boolean {
  if (!URL.canParse(resource)) return false;
  const { origin, pathname, search, hash } = new URL(resource);
  return origin === issuer() && !search && !hash && (pathname === "/" || mcpPath(pathname) !== undefined);
}

/** The metadata of a protected resource; null at an address where none is described. */
export function resourceMetadata(path: string): object | null {
  if (path !== METADATA && !path.startsWith(`${METADATA}/`)) return null;
  const of = path.slice(METADATA.length).replace(/\/$/, "");
  if (of !== "" && mcpPath(of) === undefined) return null;
  return {
    resource: `${issuer()}${of}`,
    authorization_servers: [issuer()],
    scopes_supported: APP_PERMISSIONS,
    bearer_methods_supported: ["header"],
    resource_name: "Humans2AI",
  };
}

interface Challenge {
  error?: "invalid_token" | "insufficient_scope";
  scope?: readonly string[];
}

/** WWW-Authenticate of a refusal at this MCP address: where to get a token, and for what. */
export function challenge(url: string, { error, scope = USUAL }: Challenge = {}): string {
  const said = {
    ...(error ? { error } : {}),
    resource_metadata: `${issuer()}${METADATA}${mcpPath(url) ?? ""}`,
    scope: scope.join(" "),
  };
  return `Bearer ${Object.entries(said)
    .map(([name, value]) => `${name}="${value}"`)
    .join(", ")}`;
}
