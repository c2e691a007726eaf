/** What the API needs to know of a request, whoever listens: our own listener or Next's. */

import { isIP } from "node:net";
import {
  type Actor,
  allows,
  authenticate,
  holdsSecret,
  product,
  type RateState,
  Refusal,
} from "@humans2ai/core";
import { env } from "../env.ts";
import { getCore } from "./core.ts";
import { audience, mcpPath } from "./oauth/resource.ts";

export interface Incoming {
  method: string;
  /** Path with query, from `/api/v1`. */
  url: string;
  header: (name: string) => string | null;
  /** Address of the peer, or of the client behind trusted proxies. */
  ip: string;
  /** Aborted when the sender has left, so that nothing waits for it any longer. */
  signal: AbortSignal;
}

/** Ten times the largest tool call that passes: what is larger only costs time to refuse. */
export const MAX_BODY = 256 * 1024;

/** The client's address: the socket's, or what a trusted proxy says. A forged X-Forwarded-For changes nothing. */
export function clientIp(peer: string, forwarded: string | null): string {
  const trusted = env().TRUSTED_PROXIES;
  const isTrusted = (ip: string) => trusted.length > 0 && allows(trusted, ip);
  if (!forwarded || !isTrusted(peer)) return peer;
  const hops = forwarded.split(",").map(withoutPort).reverse();
  // The nearest hop that is no proxy of ours; what is no address was not written by a proxy.
  const client = hops.find((ip) => !isTrusted(ip));
  return client && isIP(client) ? client : peer;
}

/** Some proxies write `1.2.3.4:5678` or `[2001:db8::1]:5678`. */
const withoutPort = (hop: string) =>
  hop
    .trim()
    .replace(/^\[(.+)\](:\d+)?$/, "$1")
    .replace(/^([\d.]+):\d+$/, "$1");

export const tooLarge = () => {
  const message = `is larger than ${MAX_BODY / 1024} kB`;
  return new Refusal("VALIDATION_ERROR", {
    message: `body: ${message}`,
    fields: [{ path: "body", message }],
  });
};

export async function readLimited(request: Request): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of request.body ?? []) {
    size += chunk.length;
    if (size > MAX_BODY) throw tooLarge();
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

export function bearerOf(incoming: Incoming): string | null {
  const header = incoming.header("authorization");
  if (!header) return null;
  const match = /^Bearer +(\S{1,2000}) *$/i.exec(header);
  if (!match) throw new Refusal("UNAUTHORIZED");
  return match[1] ?? null;
}

/** An app's access token is good for MCP only. */
export const enter = (incoming: Incoming): Promise<{ actor: Actor; rate: RateState }> =>
  authenticate(getCore(), bearerOf(incoming), incoming.ip, mcpPath(incoming.url) ? audience() : null);

/** Names of parameters that are there for a secret. */
const SECRET_NAME =
  /^(api[-_]?key|(access|id|refresh|confirmation|bearer)?[-_]?token|authorization|password|secret)$/i;

/** An address is kept by logs, histories and referrers: a request whose address carries a secret is refused. */
export function refuseSecretsIn(address: string): void {
  if (address.length < 20 && !address.includes("?")) return;
  const query = address.includes("?") ? address.slice(address.indexOf("?")) : "";
  const named =
    address.startsWith("/api/v1/") && [...new URLSearchParams(query).keys()].some((n) => SECRET_NAME.test(n));
  if (!named && !holdsSecret(decoded(address))) return;
  throw new Refusal("VALIDATION_ERROR", {
    message:
      "The address carries a secret, where logs and histories keep it. Send it in the Authorization header or in the body, and revoke this one.",
  });
}

function decoded(address: string): string {
  try {
    return decodeURIComponent(address);
  } catch {
    return address;
  }
}

const CLIENT_VERSION = product.version.split(".").map(Number);

/** The warning header for clients older than the current one. */
export function versionWarning(version: string | null): Record<string, string> {
  if (version === null) return {};
  const parts = /^(\d+)\.(\d+)\.(\d+)/.exec(version)?.slice(1).map(Number);
  const old = !parts || compare(parts, CLIENT_VERSION) < 0;
  return old
    ? {
        "x-mcp-version-warning": `Client ${parts ? parts.join(".") : "version"} is outdated; upgrade to ${product.version}.`,
      }
    : {};
}

const compare = (a: readonly number[], b: readonly number[]) =>
  a.map((n, i) => n - (b[i] ?? 0)).find((d) => d !== 0) ?? 0;
