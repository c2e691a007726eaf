/** From a credential to an actor. Suspension, revocation, expiry and allowed IPs are looked up at every request. */

import { recordRefusal } from "../audit/entry.ts";
import { type Actor, ANONYMOUS } from "../context.ts";
  if (!refusal && isKey && seen.note_use) await noteUse(core, seen.key_id!, ip);
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

  const refusal = refusalOf(seen, ip);
  if (!refusal && seen.key_wait !== null) throw rateLimited(rateLimitKey, seen.key_wait);
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
  if (refusal) {
    // Only of keys that exist, and within the key's hour: a flood of such requests does not fill the audit.
    if (isKey && seen.key_wait === null) await recordRefusedKey(core, actor, refusal);
    throw refusal;
  }
  const ofKey = { limit: rateLimitKey, remaining: Math.max(rateLimitKey - (seen.key_used ?? 0), 0) };
  return { actor, rate: isKey ? ofKey : ofIp };
}

