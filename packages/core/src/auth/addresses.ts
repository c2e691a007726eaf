/** IP addresses: which are allowed, and whose hour they count against. */

import ipaddr from "ipaddr.js";

/** Whose hour an address counts against: an IPv6 customer has a whole /64 to choose from. */
export function rateSubject(ip: string): string {
  if (!ipaddr.isValid(ip)) return ip;
  const address = ipaddr.process(ip);
  if (address.kind() === "ipv4") return address.toString();
  return `${(address as ipaddr.IPv6).parts
    .slice(0, 4)
    .map((part) => part.toString(16))
    .join(":")}::/64`;
}

/** Whether an address is in a list of addresses and CIDR ranges; an empty list allows all. */
export function allows(allowed: readonly string[], ip: string): boolean {
  if (allowed.length === 0) return true;
  if (!ipaddr.isValid(ip)) return false;
  const [address] = asIpv6(ip);
  return allowed.some((entry) => address.match(...asIpv6(entry)));
}

/** An address or range as IPv6, an IPv4 one as ::ffff:a.b.c.d: the two spellings of one address are one. */
function asIpv6(text: string): [ipaddr.IPv6, number] {
  const [range, bits] = text.includes("/") ? ipaddr.parseCIDR(text) : [ipaddr.parse(text), null];
  if (range instanceof ipaddr.IPv4) return [range.toIPv4MappedAddress(), 96 + (bits ?? 32)];
  return [range as ipaddr.IPv6, bits ?? 128];
}

/** Whether a text is an IP address or a CIDR range, written in full ("10" is also 0.0.0.10, which nobody means). */
export const isIpRange = (text: string): boolean =>
  text.includes("/")
    ? ipaddr.IPv4.isValidCIDRFourPartDecimal(text) || ipaddr.IPv6.isValidCIDR(text)
    : ipaddr.IPv4.isValidFourPartDecimal(text) || ipaddr.IPv6.isValid(text);
