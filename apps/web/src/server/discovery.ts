/** How clients find the MCP server before they connect: an AI catalog that points at its server card. */

import { createHash } from "node:crypto";
import { product } from "@humans2ai/core";
import { env } from "../env.ts";
import type { Incoming } from "./incoming.ts";
import { IDENTITY, REVISIONS } from "./mcp/identity.ts";

const CARD_TYPE = "application/mcp-server-card+json";

export function serverCard(site: string) {
  return {
    $schema: "https://static.modelcontextprotocol.io/schemas/v1/server-card.schema.json",
    ...IDENTITY,
    description: product.description,
    websiteUrl: site,
    remotes: [
      {
        type: "streamable-http",
        url: `${site}/api/v1/mcp`,
        supportedProtocolVersions: REVISIONS,
        headers: [
          {
            name: "Authorization",
            description: "An API key from the dashboard; without one, register and login still work.",
            value: "Bearer {api_key}",
            isRequired: false,
            isSecret: true,
            variables: { api_key: { description: "Your sk_live_ key", isSecret: true } },
          },
        ],
      },
    ],
  };
}

export function aiCatalog(site: string) {
  return {
    specVersion: "1.0",
    host: { displayName: product.title, documentationUrl: `${site}/agent/connect` },
    entries: [
      {
        identifier: `urn:air:${new URL(site).hostname}:mcp:humans2ai`,
        displayName: product.title,
        type: CARD_TYPE,
        url: `${site}/api/v1/mcp/server-card`,
      },
    ],
  };
}

/** Public and the same for everybody, so pages of other sites may read it. */
const OPEN = {
  "access-control-allow-origin": "*",
  "access-control-allow-methods": "GET",
  "access-control-allow-headers": "Content-Type, If-None-Match",
  "access-control-expose-headers": "ETag",
  "cross-origin-resource-policy": "cross-origin",
};

const preflight = async () => new Response(null, { status: 204, headers: OPEN });

function published(type: string, make: (site: string) => object) {
  const send = async (_request: Request, incoming: Incoming) => {
    const body = JSON.stringify(make(env().PUBLIC_URL));
    const etag = `"${createHash("sha256").update(body).digest("base64url").slice(0, 22)}"`;
    const headers = { ...OPEN, etag, "cache-control": "public, max-age=3600" };
    return holds(incoming.header("if-none-match"), etag)
      ? new Response(null, { status: 304, headers })
      : new Response(body, { headers: { ...headers, "content-type": type } });
  };
  return { GET: send, OPTIONS: preflight };
}

function holds(ifNoneMatch: string | null, etag: string): boolean {
  const known = (ifNoneMatch ?? "").split(",").map((tag) => tag.trim().replace(/^W\//, ""));
  return known.includes(etag) || known.includes("*");
}

const card = published(CARD_TYPE, serverCard);

/** Below the MCP address, where the specification wants the card, and where scanners look for it. */
export const discoveryRoutes = {
  "/mcp/server-card": card,
  "/.well-known/mcp/server-card.json": card,
  "/.well-known/ai-catalog.json": published("application/ai-catalog+json", aiCatalog),
};

/** Whether the API serves this address, although it is not below the API's own. */
export const isDiscovery = (path: string) => Object.hasOwn(discoveryRoutes, path.split("?", 1)[0]!);
