/** The token, revocation and registration endpoints of the authorization server. */

import { authenticate, clientName, isRedirectUri, registerClient, revokeToken } from "@humans2ai/core";
import OAuth2Server from "@node-oauth/oauth2-server";
import { z } from "zod";
import { env } from "../../env.ts";
import { getCore } from "../core.ts";
import { parseJson } from "../envelope.ts";
import { readLimited } from "../incoming.ts";
import { json, readForm } from "./form.ts";
import { ACCESS_SECONDS, invalidTarget, tokenModel } from "./model.ts";
import { isOurResource } from "./resource.ts";

const { InvalidRequestError, OAuthError, Request: OauthRequest, Response: OauthResponse } = OAuth2Server;

const server = new OAuth2Server({
  model: tokenModel,
  accessTokenLifetime: ACCESS_SECONDS,
  requireClientAuthentication: { authorization_code: false, refresh_token: false },
});

/** POST /oauth/token: a code, or a refresh token, for a new pair of tokens. */
export async function serveToken(request: Request, ip: string): Promise<Response> {
  await countRequest(ip);
  const { form, resources } = await readForm(request);
  if (!resources.every(isOurResource)) throw invalidTarget();
  const response = new OauthResponse({});
  const headers = {
    "content-type": "application/x-www-form-urlencoded",
    // By its length the library sees that there is a body.
    "content-length": "1",
    ...(request.headers.has("authorization") ? { authorization: request.headers.get("authorization")! } : {}),
  };
  await server.token(new OauthRequest({ method: "POST", headers, query: {}, body: form }), response);
  return json(200, response.body);
}

/** POST /oauth/revoke (RFC 7009): 200 also for what is no token, or another client's. */
export async function serveRevoke(request: Request, ip: string): Promise<Response> {
  await countRequest(ip);
  const { token, client_id: clientId } = (await readForm(request)).form;
  if (!token || !clientId) throw new InvalidRequestError("token and client_id are needed");
  await revokeToken(getCore(), clientId, token);
  return new Response(null, { status: 200, headers: { "cache-control": "no-store" } });
}

const registration = z.object({
  redirect_uris: z.array(z.string()).min(1).max(10),
  client_name: z.string().max(1000).optional(),
});

/** POST /oauth/register (RFC 7591), for clients that have no description at an address. No secret is ever given out. */
export async function serveRegister(request: Request, ip: string): Promise<Response> {
  const parsed = registration.safeParse(parseJson(await readLimited(request)));
  if (!parsed.success) {
    throw invalid("invalid_client_metadata", "redirect_uris must be a list of 1 to 10 addresses");
  }
  const { redirect_uris: redirectUris, client_name: name } = parsed.data;
  if (!redirectUris.every(isRedirectUri)) {
    throw invalid(
      "invalid_redirect_uri",
      "Each must be https, http on localhost, or a scheme of the app's own",
    );
  }
  const client = await registerClient(getCore(), ip, {
    name: clientName(name, "An app without a name"),
    redirectUris,
  });
  return json(201, {
    client_id: client.id,
    client_id_issued_at: Math.floor(client.issuedAt.getTime() / 1000),
    client_name: client.name,
    redirect_uris: client.redirectUris,
    grant_types: ["authorization_code", "refresh_token"],
    response_types: ["code"],
    token_endpoint_auth_method: "none",
  });
}

export const registers = (): boolean => env().OAUTH_REGISTRATION;

const invalid = (name: string, message: string) => new OAuthError(message, { code: 400, name });

/** Against the hour of the address, like every request without a credential. */
const countRequest = (ip: string) => authenticate(getCore(), null, ip);
