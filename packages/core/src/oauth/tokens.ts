/** What hangs on an app's grant: codes, access and refresh tokens. The database has their hashes only. */

import { recordRefusal } from "../audit/entry.ts";
import { hashToken, newSecret } from "../auth/tokens.ts";
import type { Core } from "../core.ts";
import type { Sql } from "../db/client.ts";
import { Refusal } from "../errors.ts";
import type { Permission } from "../vocabulary.ts";

export const ACCESS_MINUTES = 30;
export const CODE_SECONDS = 60;
/** However often it is refreshed: then its owner is asked again. */
const GRANT_DAYS = 180;
export const ACCESS_PREFIX = "oat_";

type Once = "code" | "refresh";

/** A code or refresh token that is still good, and what it was given for. */
export interface GoodToken {
  grantId: string;
  userId: string;
  clientId: string;
  resource: string;
  permissions: Permission[];
  redirectUri: string | null;
  challenge: string | null;
  expiresAt: Date;
}

export const newBrowserToken = (): string => newSecret("oab_");
export const newAccessToken = (): string => newSecret(ACCESS_PREFIX);
export const newRefreshToken = (): string => newSecret("ort_");

/** Makes the code that an app exchanges for its first tokens. */
export async function issueCode(
  sql: Sql,
  grant: { id: string; permissions: Permission[] },
  shown: { redirectUri: string; challenge: string },
): Promise<string> {
  const code = newSecret("oac_");
  await sql`
    insert into oauth_token (hash, grant_id, kind, permissions, redirect_uri, challenge, created_at, expires_at)
    values (${hashToken(code)}, ${grant.id}, 'code', ${grant.permissions}, ${shown.redirectUri}, ${shown.challenge},
      clock_now(), clock_now() + ${`${CODE_SECONDS} seconds`}::interval)`;
  return code;
}

/** Finds a code or refresh token; null when it is none, ended, or its owner is suspended. One used before ends its grant. */
export async function findToken(core: Core, kind: Once, token: string): Promise<GoodToken | null> {
  const [row] = await core.client`
    select t.permissions, t.redirect_uri, t.challenge, t.used_at, t.expires_at, t.expires_at <= clock_now() as late,
      g.id, g.user_id, g.client_id, g.resource, g.ended_at, u.suspended_at
    from oauth_token t join oauth_grant g on g.id = t.grant_id join app_user u on u.id = g.user_id
    where t.hash = ${hashToken(token)} and t.kind = ${kind}`;
  if (!row || row.ended_at) return null;
  if (row.used_at) {
    await endForReuse(core, row.id, row.user_id);
    return null;
  }
  if (row.late || row.suspended_at) return null;
  return {
    grantId: row.id,
    userId: row.user_id,
    clientId: row.client_id,
    resource: row.resource,
    permissions: row.permissions,
    redirectUri: row.redirect_uri,
    challenge: row.challenge,
    expiresAt: new Date(row.expires_at),
  };
}

/** Uses a code up. False when somebody was quicker: then two have it, and the grant ends. */
export async function spendToken(core: Core, token: string, of: GoodToken): Promise<boolean> {
  if (await markUsed(core.client, token)) return true;
  await endForReuse(core, of.grantId, of.userId);
  return false;
}

const markUsed = async (sql: Sql, token: string): Promise<boolean> =>
  (
    await sql`update oauth_token set used_at = clock_now() where hash = ${hashToken(token)} and used_at is null`
  ).count === 1;

export interface NewTokens {
  access: string;
  refresh: string;
  /** Of the access token; a refresh token always has all of its grant's. */
  permissions: Permission[];
}

/**
 * Uses a refresh token up and keeps its successors, in one transaction: of many at once exactly one gets them, and a
 * failure in between costs nobody the connection. False when somebody was quicker, which ends the grant.
 */
export async function rotateTokens(
  core: Core,
  token: string,
  of: GoodToken,
  next: NewTokens,
): Promise<boolean> {
  const { spent, kept } = await core.client.begin(async (tx) => {
    const first = await markUsed(tx, token);
    return { spent: first, kept: first && (await keepTokens(core, of.grantId, next, tx)) };
  });
  if (!spent) await endForReuse(core, of.grantId, of.userId);
  return kept;
}

/** Keeps a new pair. False when the grant ended meanwhile: then nothing was kept. */
export async function keepTokens(
  core: Core,
  grantId: string,
  tokens: NewTokens,
  sql: Sql = core.client,
): Promise<boolean> {
  const days = `${core.settings.refreshTokenDays} days`;
  const kept = await sql`
    insert into oauth_token (hash, grant_id, kind, permissions, created_at, expires_at)
    select v.hash, g.id, v.kind, case v.kind when 'access' then ${tokens.permissions}::text[] else g.permissions end,
      clock_now(), least(clock_now() + v.lasts::interval, g.created_at + ${`${GRANT_DAYS} days`}::interval)
    from (values (${hashToken(tokens.access)}::bytea, 'access', ${`${ACCESS_MINUTES} minutes`}),
      (${hashToken(tokens.refresh)}::bytea, 'refresh', ${days})) v (hash, kind, lasts),
      (select * from oauth_grant where id = ${grantId} and ended_at is null for share) g`;
  return kept.count === 2;
}

/** RFC 7009: ends what a token stands for, if it is this client's. A refresh token's whole grant, an access token alone. */
export async function revokeToken(core: Core, clientId: string, token: string): Promise<void> {
  const hash = hashToken(token);
  await core.client`
    with found as (
      select t.kind, g.id from oauth_token t join oauth_grant g on g.id = t.grant_id
      where t.hash = ${hash} and g.client_id = ${clientId}),
    gone as (delete from oauth_token where hash = ${hash} and exists (select from found where kind = 'access'))
    update oauth_grant set ended_at = clock_now()
    where ended_at is null and id in (select id from found where kind <> 'access')`;
}

/** Ends all grants of an account: with its sessions, when a password changes or somebody signs out everywhere. */
export const endGrants = async (sql: Sql, userId: string): Promise<void> =>
  void (await sql`update oauth_grant set ended_at = clock_now() where user_id = ${userId} and ended_at is null`);

/** Used twice: somebody copied it. Nobody can tell who, so nothing of the grant is taken any more. */
async function endForReuse(core: Core, grantId: string, userId: string): Promise<void> {
  const ended = await core.client`update oauth_grant set ended_at = clock_now()
    where id = ${grantId} and ended_at is null`;
  if (ended.count === 0) return;
  const [user] = await core.client`select role, display_name from app_user where id = ${userId}`;
  const actor = {
    role: user!.role,
    userId,
    name: user!.display_name,
    permissions: [],
    via: "oauth",
    keyId: grantId,
    sessionId: null,
    ip: null,
    signedInAt: null,
  } as const;
  const refusal = new Refusal("UNAUTHORIZED", { message: "A token was used twice." });
  const trail = { actor, channel: "http", tool: "oauth_token", input: {}, idempotencyKey: null } as const;
  await recordRefusal(core.client, core.secret, trail, refusal);
}
