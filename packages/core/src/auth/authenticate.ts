/** From a credential to an actor. Suspension, revocation, expiry and allowed IPs are looked up at every request. */

import { recordRefusal } from "../audit/entry.ts";
import { toAmount } from "../codecs.ts";
import { type Actor, ANONYMOUS, type KeyLimits } from "../context.ts";
import type { Core } from "../core.ts";
import { Refusal } from "../errors.ts";
import { keyPrefix } from "../keys.ts";
import { ACCESS_PREFIX } from "../oauth/tokens.ts";
import { PERMISSIONS, type Permission } from "../vocabulary.ts";
import { allows, rateSubject } from "./addresses.ts";
import { rateLimited } from "./limits.ts";
import { hashToken, type TokenSession, verifyIdToken } from "./tokens.ts";

/** How one limit stands: so many of its requests are left, and in `reset` seconds the first used ones come back. */
export interface RateState {
  policy: string;
  limit: number;
  remaining: number;
  reset: number;
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
  /** A string, as drizzle has told the driver to leave times alone. */
  signed_in_at: string | null;
  key_id: string | null;
  permissions: Permission[];
  allowed_ips: string[];
  dead: "revoked" | "expired" | "ended" | null;
  capped: boolean;
  confirm_above: string | null;
  note_use: boolean;
  ip_used: number;
  ip_wait: number | null;
  ip_reset: number;
  key_used: number;
  key_wait: number | null;
  key_reset: number;
}

/**
 * The actor of a request, counted against its hour: one statement. A missing credential is the anonymous actor. An
 * app's access token is taken at the resource that it was given for, and nowhere else.
 */
export async function authenticate(
  core: Core,
  bearer: string | null,
  ip: string,
  resource: string | null = null,
): Promise<Authenticated> {
  if (!bearer) return enter(core, ip, "none", {});
  if (bearer.startsWith("sk_")) {
    return enter(core, ip, "api_key", { key: { prefix: keyPrefix(bearer), hash: hashToken(bearer) } });
  }
  if (bearer.startsWith(ACCESS_PREFIX)) {
    return enter(core, ip, "oauth", { access: { hash: hashToken(bearer), resource } });
  }
  return enter(core, ip, "id_token", { session: await verifyIdToken(core.secret, bearer, core.now()) });
}

/** The same for a browser, whose cookie names its session. */
export const enterSession = (core: Core, session: TokenSession | null, ip: string): Promise<Authenticated> =>
  enter(core, ip, session ? "session" : "none", { session });

interface Credential {
  key?: { prefix: string; hash: Uint8Array };
  access?: { hash: Uint8Array; resource: string | null };
  session?: TokenSession | null;
}

async function enter(
  core: Core,
  ip: string,
  via: Exclude<Actor["via"], "clock">,
  { key, access, session }: Credential,
): Promise<Authenticated> {
  const { rateLimitIp, rateLimitKey } = core.settings;
  const [row] = await core.client<EnterRow[]>`
    select * from enter(${key?.prefix ?? null}, ${key?.hash ?? null}, ${access?.hash ?? null},
      ${access?.resource ?? null}, ${session?.userId ?? null}, ${session?.id ?? null}, ${rateSubject(ip)}, ${rateLimitIp}, ${rateLimitKey})`;
  const seen = row!;
  if (seen.ip_wait !== null) throw rateLimited("ip", rateLimitIp, seen.ip_wait);
  const left = (limit: number, used: number) => Math.max(limit - used, 0);
  const ofIp = {
    policy: "ip",
    limit: rateLimitIp,
    remaining: left(rateLimitIp, seen.ip_used),
    reset: seen.ip_reset,
  };
  if (via === "none") return { actor: { ...ANONYMOUS, ip }, rate: ofIp };
  if (seen.user_id === null) throw new Refusal("UNAUTHORIZED");
  const delegated = key !== undefined || access !== undefined;
  const refusal = refusalOf(seen, ip, access ? "access token" : "API key");
  if (!refusal && seen.key_wait !== null) throw rateLimited("key", rateLimitKey, seen.key_wait);
  if (!refusal && delegated && seen.note_use) {
    await noteUse(core, access ? "oauth_grant" : "api_key", seen.key_id!, ip);
  }
  const actor: Actor = {
    role: seen.role,
    userId: seen.user_id,
    name: seen.display_name,
    permissions: delegated ? seen.permissions : PERMISSIONS,
    via,
    keyId: seen.key_id,
    ...(key ? { limits: limitsOf(seen) } : access ? { limits: OF_APPS } : {}),
    sessionId: session?.id ?? null,
    ip,
    signedInAt: toDate(seen.signed_in_at),
  };
  if (refusal) {
    // Only of keys that exist, and within the key's hour: a flood of such requests does not fill the audit.
    if (delegated && seen.key_wait === null) await recordRefusedKey(core, actor, refusal);
    throw refusal;
  }
  const ofKey = {
    policy: "key",
    limit: rateLimitKey,
    remaining: left(rateLimitKey, seen.key_used),
    reset: seen.key_reset,
  };
  return { actor, rate: delegated ? ofKey : ofIp };
}

const toDate = (at: string | null) => (at === null ? null : new Date(at));

const DEAD = {
  revoked: "has been revoked.",
  expired: "has expired.",
  ended: "This session has ended. Log in again.",
};

/** Why this credential is not taken, though it is one of ours. */
function refusalOf(seen: EnterRow, ip: string, what: string): Refusal | null {
  const ended = seen.dead === "ended";
  if (seen.dead && !ended) return new Refusal("UNAUTHORIZED", { message: `This ${what} ${DEAD[seen.dead]}` });
  if (!allows(seen.allowed_ips, ip)) {
    return new Refusal("UNAUTHORIZED", { message: "This API key may not be used from this address." });
  }
  // A suspension ends the sessions too, and is what their owner has to hear.
  if (seen.suspended) return new Refusal("USER_SUSPENDED");
  return ended ? new Refusal("UNAUTHORIZED", { message: DEAD.ended }) : null;
}

/** An app has no cap that its owner set: each of its money tools waits for the owner's yes, whatever the sum. */
const OF_APPS: KeyLimits = { capped: false, confirmAbove: 0 };

const limitsOf = ({ capped, confirm_above: above }: EnterRow): KeyLimits => ({
  capped,
  confirmAbove: above === null ? null : toAmount(above),
});

/** At most once a minute, and only of a use that was let in. */
const noteUse = (core: Core, table: "api_key" | "oauth_grant", id: string, ip: string) => core.client`
  update ${core.client(table)} set last_used_at = clock_now(), last_used_from = ${ip.slice(0, 64)} where id = ${id}`;

const recordRefusedKey = (core: Core, actor: Actor, refusal: Refusal) =>
  recordRefusal(
    core.client,
    core.secret,
    { actor, channel: "http", tool: "authenticate", input: {}, idempotencyKey: null },
    refusal,
  );

export interface SessionOrigin {
  ip?: string | null;
  sessionId?: string | null;
  /** Without a session: what its maker knows of the sign-in. */
  signedInAt?: Date | null;
}

/**
 * The actor of an account, as it stands now. With a session, which then has to live: a browser's, that looks at a page.
 * Without one only for who made the account in this very process.
 */
export async function actorOfUser(core: Core, userId: string, from: SessionOrigin = {}): Promise<Actor> {
  const { ip = null, sessionId = null, signedInAt = null } = from;
  const [user] = await core.client`
    select role, display_name, suspended_at, live_session(${sessionId}, id) as signed_in_at
    from app_user where id = ${userId}`;
  if (!user) throw new Refusal("USER_NOT_FOUND");
  if (user.suspended_at) throw new Refusal("USER_SUSPENDED");
  if (sessionId !== null && !user.signed_in_at) throw new Refusal("UNAUTHORIZED", { message: DEAD.ended });
  return {
    role: user.role,
    userId,
    name: user.display_name,
    permissions: PERMISSIONS,
    via: "session",
    keyId: null,
    sessionId,
    ip,
    signedInAt: sessionId === null ? signedInAt : toDate(user.signed_in_at),
  };
}
