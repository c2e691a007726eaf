/** Connected apps: what the tools that connect, list and end them share. */

import { z } from "zod";
import { toIso, toIsoOrNull } from "./codecs.ts";
import { text, timestamp } from "./fields.ts";
import { provenHost } from "./oauth/clients.ts";
import { ours, written } from "./untrusted/mark.ts";
import { APP_PERMISSIONS, type Permission } from "./vocabulary.ts";

export const requestId = text(64).describe("The request's ID (areq_…)");
export const browserToken = text(100).describe("Of the browser that the request was begun in");
export const connectionId = text(64).describe("The connection's ID (con_…)");
export const appPermissions = z.array(z.enum(APP_PERMISSIONS));

/** What an app calls itself. */
export const appName = written(() => "somebody", 80);
export const appHost = ours(z.string().describe("The host that the app's id proves")).nullable();

export const connectionShape = z.object({
  id: ours(),
  appName,
  appHost,
  permissions: appPermissions,
  createdAt: timestamp,
  lastUsedAt: timestamp.nullable(),
  lastUsedFrom: ours(z.string().describe("IP address of the last use")).nullable(),
});

export interface ConnectionRow {
  id: string;
  client_id: string;
  client_name: string;
  permissions: Permission[];
  created_at: string;
  last_used_at: string | null;
  last_used_from: string | null;
}

export const encodeConnection = (row: ConnectionRow): z.input<typeof connectionShape> => ({
  id: row.id,
  appName: row.client_name,
  appHost: provenHost(row.client_id),
  permissions: row.permissions as z.input<typeof appPermissions>,
  createdAt: toIso(row.created_at),
  lastUsedAt: toIsoOrNull(row.last_used_at),
  lastUsedFrom: row.last_used_from,
});
