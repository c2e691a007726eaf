/** What an app asks for: kept from the moment its owner's browser brings it until the owner answers. */

import { hashToken } from "../auth/tokens.ts";
import { type Context, newId } from "../context.ts";
import type { Core } from "../core.ts";
import { Refusal } from "../errors.ts";
import type { Permission } from "../vocabulary.ts";
import type { OauthClient } from "./clients.ts";

/** How long somebody may take to sign in, or to make an account, and answer. */
const GOOD_FOR = "30 minutes";

export interface AppRequest {
  client: OauthClient;
  redirectUri: string;
  state: string | null;
  permissions: Permission[];
  resource: string;
  challenge: string;
}

export interface RequestRow {
  id: string;
  client_id: string;
  client_name: string;
  redirect_uri: string;
  state: string | null;
  permissions: Permission[];
  resource: string;
  challenge: string;
}

/** Keeps a request that was found sound; answers its id. Only the browser with this token can answer it. */
export async function openRequest(core: Core, browserToken: string, request: AppRequest): Promise<string> {
  const id = newId("areq", core.now());
  const { client, redirectUri, state, permissions, resource, challenge } = request;
  await core.client`
    insert into oauth_request (id, browser, client_id, client_name, redirect_uri, state, permissions, resource,
      challenge, created_at, expires_at)
    values (${id}, ${hashToken(browserToken)}, ${client.id}, ${client.name}, ${redirectUri}, ${state},
      ${permissions}, ${resource}, ${challenge}, clock_now(), clock_now() + ${GOOD_FOR}::interval)`;
  return id;
}

/** The waiting request of this browser; APP_REQUEST_NOT_FOUND for all others. */
export async function findRequest(ctx: Context, id: string, browserToken: string): Promise<RequestRow> {
  const { sql } = ctx;
  const [row] = await sql<RequestRow[]>`
    select id, client_id, client_name, redirect_uri, state, permissions, resource, challenge from oauth_request
    where id = ${id} and browser = ${hashToken(browserToken)} and answered_at is null
      and expires_at > clock_now()`;
  if (!row) throw new Refusal("APP_REQUEST_NOT_FOUND");
  return row;
}

/** Takes the request for an answer: of two at once one wins, the other finds nothing. */
export async function answerRequest(ctx: Context, id: string): Promise<void> {
  const taken = await ctx.sql`update oauth_request set answered_at = clock_now()
    where id = ${id} and answered_at is null`;
  if (taken.count === 0) throw new Refusal("APP_REQUEST_NOT_FOUND");
}
