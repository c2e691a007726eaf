/** GET /oauth/authorize: an app's browser brings its request; what is sound waits for its owner on the consent page. */

import {
  answerTo,
  countPage,
  isLoopback,
  matchesRedirect,
  newBrowserToken,
  openRequest,
} from "@humans2ai/core";
import OAuth2Server from "@node-oauth/oauth2-server";
import { env } from "../../env.ts";
import { browserCookie, setBrowserCookie } from "../cookies.ts";
import { getCore } from "../core.ts";
import { logFault } from "../reply.ts";
import { findClient, invalidTarget, permissionsIn } from "./model.ts";
import { audience, isOurResource, issuer } from "./resource.ts";

/** Seconds that a browser is known by its cookie: longer than a request waits. */
const COOKIE_AGE = 3600;
const { InvalidRequestError, OAuthError, Request: OauthRequest, Response: OauthResponse } = OAuth2Server;

/** Answers with a redirect, to the consent page or back to the app; throws an OAuthError for what nobody can be told but the person. */
export async function serveAuthorize(request: Request, ip: string): Promise<Response> {
  await countPage(getCore(), ip);
  const { query, resources } = readQuery(new URL(request.url).searchParams);
  const browser = tokenOf(request) ?? newBrowserToken();
  // Until client and address are known to belong together, nothing is sent there.
  let answersTo: string | null = null;
  let opened = "";
  const model = {
    getClient: (id: string) => findClientOf(id, ip),
    getAccessToken: async () => null,
    saveToken: async () => null,
    validateRedirectUri: async (uri: string, client: OAuth2Server.Client) => {
      if (!matchesRedirect(client.redirectUris as string[], uri)) return false;
      if (knownBefore(client.id, uri)) answersTo = uri;
      return true;
    },
    validateScope: async (_user: unknown, _client: unknown, scope?: string[]) => {
      if (!resources.every(isOurResource)) throw invalidTarget();
      const permissions = permissionsIn(scope);
      return permissions.length > 0 && permissions;
    },
    // What the library would keep as a code is a request first: the code is made when the owner says yes.
    saveAuthorizationCode: async (
      code: Pick<OAuth2Server.AuthorizationCode, "authorizationCode" | "redirectUri" | "scope" | "expiresAt">,
      client: OAuth2Server.Client,
      user: OAuth2Server.User,
    ) => {
      opened = await openRequest(getCore(), browser, {
        client: { id: client.id, name: client.name, redirectUris: client.redirectUris as string[] },
        redirectUri: code.redirectUri,
        state: query.state ?? null,
        permissions: permissionsIn(code.scope),
        resource: audience(),
        challenge: challengeOf(query),
      });
      return { ...code, client, user };
    },
  };
  const server = new OAuth2Server({ model: model as OAuth2Server.ServerOptions["model"] });
  try {
    await server.authorize(
      new OauthRequest({ method: "GET", headers: {}, query, body: {} }),
      new OauthResponse({}),
      { allowEmptyState: true, authenticateHandler: { handle: async () => ({}) } },
    );
  } catch (error) {
    if (!(error instanceof OAuthError) || answersTo === null) throw error;
    return redirect(answerTo(answersTo, { ...said(error), state: query.state ?? null, iss: issuer() }));
  }
  return redirect(`/oauth/consent/${opened}`, {
    "set-cookie": setBrowserCookie(env().PUBLIC_URL, browser, COOKIE_AGE),
  });
}

/**
 * Anybody can register an address: a faulty request to it would make this site send people there, unasked. Who
 * describes itself can be found, and an address on the same machine leads nowhere else.
 */
const knownBefore = (clientId: string, redirectUri: string) =>
  clientId.startsWith("https:") || isLoopback(redirectUri);

async function findClientOf(id: string, ip: string) {
  const client = await findClient(id, ip);
  return client && { ...client, grants: ["authorization_code", "refresh_token"] };
}

type Query = Record<string, string>;

/** Each parameter once, but for `resource`. */
function readQuery(params: URLSearchParams): { query: Query; resources: string[] } {
  const resources = params.getAll("resource");
  params.delete("resource");
  const query: Query = Object.fromEntries(params);
  if (Object.keys(query).length !== [...params].length) {
    throw new InvalidRequestError("A parameter is given more than once");
  }
  // A client that leaves it out would be answered wherever it registered first.
  if (!query.redirect_uri) throw new InvalidRequestError("Missing parameter: `redirect_uri`");
  if ((query.state ?? "").length > 2000) throw new InvalidRequestError("The state is too long");
  // The library's own way of saying no: nobody but the owner says it here.
  delete query.allowed;
  return { query, resources };
}

/** PKCE is a must, and S256 its only method. */
function challengeOf({ code_challenge: challenge, code_challenge_method: method }: Query): string {
  if (method !== "S256") throw new InvalidRequestError("code_challenge_method must be S256");
  if (!challenge || !/^[A-Za-z0-9_-]{43}$/.test(challenge)) {
    throw new InvalidRequestError("code_challenge must be the base64url of a SHA-256");
  }
  return challenge;
}

function said(error: OAuth2Server.OAuthError): { error: string; error_description: string } {
  const { inner } = error as { inner?: unknown };
  if (error.name !== "server_error") return { error: error.name, error_description: error.message };
  logFault("[oauth]", inner ?? error);
  return { error: "server_error", error_description: "Something went wrong on our side" };
}

/** The browser's own token, if it has one of the right form. */
function tokenOf(request: Request): string | null {
  const cookies = (request.headers.get("cookie") ?? "").split(/; */);
  const name = `${browserCookie(env().PUBLIC_URL)}=`;
  const value = cookies.find((pair) => pair.startsWith(name))?.slice(name.length);
  return value && /^oab_[\w-]{32}$/.test(value) ? value : null;
}

const redirect = (location: string, headers: Record<string, string> = {}) =>
  new Response(null, { status: 303, headers: { location, "cache-control": "no-store", ...headers } });
