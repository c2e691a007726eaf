/** From a credential to an actor. Suspension, revocation, expiry and allowed IPs are looked up at every request. */

import { toAmount } from "../codecs.ts";
import { type Actor, ANONYMOUS, type KeyLimits } from "../context.ts";
import type { Core } from "../core.ts";
import { Refusal } from "../errors.ts";
import { keyPrefix } from "../keys.ts";
import { PERMISSIONS, type Permission } from "../vocabulary.ts";
import { allows, rateSubject } from "./addresses.ts";
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
  capped: boolean;
  confirm_above: string | null;
  note_use: boolean;
  ip_used: number;
  ip_wait: number | null;
  key_used: number | null;
  key_wait: number | null;
}

/** The actor of a request, counted against its hour: one statement. A missing credential is the anonymous actor. */
export async function authenticate(core: Core, bearer: string | null, ip: string): Promise<Authenticated> {
  const isKey = bearer?.startsWith("sk_") ?? false;
  const idToken = bearer && !isKey ? await verifyIdToken(core.secret, bearer, core.now()) : null;
  const { rateLimitIp, rateLimitKey } = core.settings;
  const [row] = await core.client<EnterRow[]>`
    select * from enter(${isKey ? keyPrefix(bearer!) : null}, ${isKey ? hashToken(bearer!) : null},
      ${idToken?.userId ?? null}, ${rateSubject(ip)}, ${rateLimitIp}, ${rateLimitKey})`;
  const seen = row!;
  if (seen.ip_wait !== null) throw rateLimited(rateLimitIp, seen.ip_wait);
  const ofIp = { limit: rateLimitIp, remaining: Math.max(rateLimitIp - seen.ip_used, 0) };
  if (!bearer) return { actor: { ...ANONYMOUS, ip }, rate: ofIp };
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
  if (isKey && seen.note_use) await noteUse(core, seen.key_id!, ip);
  const actor: Actor = {
    role: seen.role,
    userId: seen.user_id,
    name: seen.display_name,
    permissions: isKey ? seen.permissions : PERMISSIONS,
    via: isKey ? "api_key" : "id_token",
    keyId: seen.key_id,
    ...(isKey ? { limits: limitsOf(seen) } : {}),
    ip,
    signedInAt: idToken?.signedInAt ?? null,
  };
  const ofKey = { limit: rateLimitKey, remaining: Math.max(rateLimitKey - (seen.key_used ?? 0), 0) };
  return { actor, rate: isKey ? ofKey : ofIp };
}

const limitsOf = ({ capped, confirm_above: above }: EnterRow): KeyLimits => ({
  capped,
  confirmAbove: above === null ? null : toAmount(above),
});

/** At most once a minute, and only of a use that was let in. */
const noteUse = (core: Core, keyId: string, ip: string) => core.client`
  update api_key set last_used_at = clock_now(), last_used_from = ${ip.slice(0, 64)} where id = ${keyId}`;

export interface SessionOrigin {
  ip?: string | null;
  signedInAt?: Date | null;
}

/** The actor of a browser session that next-auth has verified; the account is looked up again. */
export async function actorOfUser(core: Core, userId: string, from: SessionOrigin = {}): Promise<Actor> {
  const [user] = await core.client`
    select id, role, display_name, suspended_at from app_user where id = ${userId}`;
  if (!user) throw new Refusal("USER_NOT_FOUND");
  if (user.suspended_at) throw new Refusal("USER_SUSPENDED");
  const { role, display_name: name } = user;
  const { ip = null, signedInAt = null } = from;
  return { role, userId, name, permissions: PERMISSIONS, via: "session", keyId: null, ip, signedInAt };
}

/** Counts a sign-up or sign-in against its address's hour. */
export async function limitPublic(core: Core, tool: "register" | "login", ip: string): Promise<void> {
  const limit = tool === "register" ? core.settings.rateLimitRegister : core.settings.rateLimitLogin;
  const [row] = await core.client`select * from hit_rate(${`${tool}:${rateSubject(ip)}`}, ${limit})`;
  if (row?.retry_after != null) throw rateLimited(limit, row.retry_after);
}

const rateLimited = (limit: number, retryAfter: number) => new Refusal("RATE_LIMITED", { limit, retryAfter });
