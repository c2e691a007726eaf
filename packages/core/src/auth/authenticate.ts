/** From a credential to an actor. Suspension, revocation, expiry and allowed IPs are looked up at every request. */

import ipaddr from "ipaddr.js";
import { type Actor, ANONYMOUS } from "../context.ts";
import type { Core } from "../core.ts";
import { Refusal } from "../errors.ts";
import { PERMISSIONS, type Permission } from "../vocabulary.ts";
import { hashToken, verifyIdToken } from "./tokens.ts";

export interface RateState {
  limit: number;
  remaining: number;
}
export interface Authenticated {
  actor: Actor;
  rate: RateState;
}

interface EnterRow {
  user_id: string | null;
  role: "agent" | "human" | "admin";
  display_name: string;
  suspended: boolean;
  key_id: string | null;
  permissions: Permission[];
  allowed_ips: string[];
  dead: "revoked" | "expired" | null;
  ip_used: number;
  ip_wait: number | null;
  key_used: number | null;
  key_wait: number | null;
}

/** The actor of a request, counted against its hour: one statement. A missing credential is the anonymous actor. */
export async function authenticate(core: Core, bearer: string | null, ip: string): Promise<Authenticated> {
  const isKey = bearer?.startsWith("sk_") ?? false;
  const userId = bearer && !isKey ? await verifyIdToken(core.secret, bearer, core.now()) : null;
  const { rateLimitIp, rateLimitKey } = core.settings;
  const [row] = await core.client<EnterRow[]>`
    select * from enter(${isKey ? hashToken(bearer!) : null}, ${userId}, ${rateSubject(ip)}, ${rateLimitIp}, ${rateLimitKey})`;
  const seen = row!;
  if (seen.ip_wait !== null) throw rateLimited(rateLimitIp, seen.ip_wait);
  const ofIp = { limit: rateLimitIp, remaining: Math.max(rateLimitIp - seen.ip_used, 0) };
  if (!bearer) return { actor: ANONYMOUS, rate: ofIp };
  if (seen.user_id === null) throw new Refusal("UNAUTHORIZED");
  if (seen.dead)
    throw new Refusal("UNAUTHORIZED", {
      message: `This API key has ${seen.dead === "revoked" ? "been revoked" : "expired"}.`,
    });
  if (!allows(seen.allowed_ips, ip)) {
    throw new Refusal("UNAUTHORIZED", { message: "This API key may not be used from this address." });
  }
  if (seen.suspended) throw new Refusal("USER_SUSPENDED");
  if (seen.key_wait !== null) throw rateLimited(rateLimitKey, seen.key_wait);
  const actor: Actor = {
    role: seen.role,
    userId: seen.user_id,
    name: seen.display_name,
    permissions: isKey ? seen.permissions : PERMISSIONS,
    via: isKey ? "api_key" : "id_token",
    keyId: seen.key_id,
  };
  const ofKey = { limit: rateLimitKey, remaining: Math.max(rateLimitKey - (seen.key_used ?? 0), 0) };
  return { actor, rate: isKey ? ofKey : ofIp };
}

/** The actor of a browser session that next-auth has verified; the account is looked up again. */
export async function actorOfUser(core: Core, userId: string): Promise<Actor> {
  const [user] = await core.client`
    select id, role, display_name, suspended_at from app_user where id = ${userId}`;
  if (!user) throw new Refusal("USER_NOT_FOUND");
  if (user.suspended_at) throw new Refusal("USER_SUSPENDED");
  const { role, display_name: name } = user;
  return { role, userId, name, permissions: PERMISSIONS, via: "session", keyId: null };
}

/** Counts a sign-up or sign-in against its address's hour. */
export async function limitPublic(core: Core, tool: "register" | "login", ip: string): Promise<void> {
  const limit = tool === "register" ? core.settings.rateLimitRegister : core.settings.rateLimitLogin;
  const [row] = await core.client`select * from hit_rate(${`${tool}:${rateSubject(ip)}`}, ${limit})`;
  if (row?.retry_after != null) throw rateLimited(limit, row.retry_after);
}

/** Whose hour an address counts against: an IPv6 customer has a whole /64 to choose from. */
function rateSubject(ip: string): string {
  if (!ipaddr.isValid(ip)) return ip;
  const address = ipaddr.process(ip);
  if (address.kind() === "ipv4") return address.toString();
  return `${(address as ipaddr.IPv6).parts
    .slice(0, 4)
    .map((part) => part.toString(16))
    .join(":")}::/64`;
}

const rateLimited = (limit: number, retryAfter: number) => new Refusal("RATE_LIMITED", { limit, retryAfter });

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
