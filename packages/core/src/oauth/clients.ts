/** Apps as OAuth clients: what is known of them, and those that registered themselves. */

import { rateSubject } from "../auth/addresses.ts";
import { limitHour } from "../auth/limits.ts";
import { newId } from "../context.ts";
import type { Core } from "../core.ts";
import { cleanText, cut } from "../untrusted/clean.ts";

export interface OauthClient {
  id: string;
  /** What it calls itself: anybody's words. */
  name: string;
  redirectUris: string[];
}

/** Registrations that one address may make in an hour. */
const REGISTRATIONS = 20;
/** Descriptions that one address may have us ask of one host in an hour. */
const DOCUMENTS = 20;
/** How often a client's use is noted. */
const NOTED = "1 hour";

/** A name as a page may show it: one line, nothing invisible, not long. */
export const clientName = (given: unknown, otherwise: string): string =>
  (typeof given === "string" && cut(cleanText(given).replace(/\s+/g, " ").trim(), 80)) || otherwise;

/** Keeps an app that registers itself (RFC 7591). Throws RATE_LIMITED when its address did so too often. */
export async function registerClient(
  core: Core,
  ip: string,
  client: Omit<OauthClient, "id">,
): Promise<OauthClient & { issuedAt: Date }> {
  await limitHour(core.client, "oauth_client", rateSubject(ip), REGISTRATIONS, "registrations");
  const now = core.now();
  const id = newId("client", now);
  await core.client`insert into oauth_client (id, name, redirect_uris, created_at, last_used_at)
    values (${id}, ${client.name}, ${client.redirectUris}, clock_now(), clock_now())`;
  return { id, ...client, issuedAt: now };
}

/** Counts a request for an app's description: nobody makes us knock at a door without end, or uses up others' knocks. */
export const countDocument = (core: Core, ip: string, host: string): Promise<void> =>
  limitHour(
    core.client,
    "oauth_document",
    `${rateSubject(ip)}@${host.slice(0, 253)}`,
    DOCUMENTS,
    "app descriptions",
  );

export async function registeredClient(core: Core, id: string): Promise<OauthClient | null> {
  const [row] = await core.client`select id, name, redirect_uris from oauth_client where id = ${id}`;
  if (!row) return null;
  await core.client`update oauth_client set last_used_at = clock_now()
    where id = ${id} and last_used_at < clock_now() - ${NOTED}::interval`;
  return { id, name: row.name, redirectUris: row.redirect_uris };
}

/** The hosts that a client's id proves and that its answers go to; null where there is none. */
export const provenHost = (clientId: string): string | null =>
  clientId.startsWith("https://") ? new URL(clientId).host : null;
