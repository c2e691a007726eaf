/** Where the product may send something on a user's word: the public internet, and nothing of its own network. */

import ipaddr from "ipaddr.js";

// Public by its number, but the host's own metadata and agent service (Azure).
const METADATA = ipaddr.parseCIDR("168.63.129.16/32");
const GLOBAL_UNICAST = ipaddr.parseCIDR("2000::/3");

/** Whether an address is one that the whole internet reaches; also false for what is no address. */
export function isPublicAddress(text: string): boolean {
  if (!ipaddr.isValid(text)) return false;
  const address = ipaddr.parse(text);
  if (address.range() !== "unicast") return false;
  // Addresses that carry an IPv4 one inside (mapped, compatible, NAT64) lie outside of 2000::/3.
  return address.kind() === "ipv4" ? !address.match(METADATA) : address.match(GLOBAL_UNICAST);
}

const PORTS = ["", "443", "8443"];
// Names that mean something only inside a network, a cluster or a machine (RFC 6761, 6762, 8375, 9476).
const INSIDE =
  /(^|\.)(localhost|local|internal|svc|home\.arpa|lan|intranet|corp|onion|test|invalid|example)$/;

/** What is wrong with an address to send to, as "must …" or "may …"; null when nothing is. */
export function faultOfUrl(href: string, allowPrivate: boolean): string | null {
  const url = URL.canParse(href) ? new URL(href) : null;
  if (!url || !/^https?:$/.test(url.protocol)) return "must be an http(s) address";
  if (url.username || url.password) return "must not hold a user name or password";
  if (allowPrivate) return null;
  if (url.protocol !== "https:") return "must begin with https://";
  if (!PORTS.includes(url.port)) return "may only use port 443 or 8443";
  // The parser has made decimal, octal, hexadecimal and shortened IPv4 addresses plain by now.
  const host = url.hostname.replace(/\.$/, "");
  const literal = host.startsWith("[") ? host.slice(1, -1) : host;
  const isPublic = ipaddr.isValid(literal)
    ? isPublicAddress(literal)
    : host.includes(".") && !host.endsWith(".") && !INSIDE.test(host);
  return isPublic ? null : "must be an address on the public internet";
}
