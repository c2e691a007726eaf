/** What the OAuth library asks for: clients, codes and tokens, as the core keeps them. */

import {
  ACCESS_MINUTES,
  APP_PERMISSIONS,
  type AppPermission,
  findToken,
  type GoodToken,
  keepTokens,
  type NewTokens,
  newAccessToken,
  newRefreshToken,
  type OauthClient,
  registeredClient,
  rotateTokens,
  spendToken,
} from "@humans2ai/core";
import OAuth2Server from "@node-oauth/oauth2-server";
import { getCore } from "../core.ts";
import { describedClient } from "./document.ts";
import { audience, USUAL } from "./resource.ts";

type Model = OAuth2Server.AuthorizationCodeModel & OAuth2Server.RefreshTokenModel;

/** Who a code or refresh token speaks for, as the library carries it from its first question to its last. */
type Connected = GoodToken & { spends?: string };

const GRANTS = ["authorization_code", "refresh_token"];

/** The app of this id: one that describes itself at an address, or one that registered. */
export const findClient = (id: string, ip: string): Promise<OauthClient | null> =>
  id.startsWith("https:") ? describedClient(id, ip) : registeredClient(getCore(), id);

/** Those of the words that are permissions of ours; what else is asked for (`openid`, `offline_access`) is not given. */
export function permissionsIn(scope: readonly string[] | undefined): AppPermission[] {
  if (scope === undefined) return [...USUAL];
  return APP_PERMISSIONS.filter((permission) => scope.includes(permission));
}

const refuseUse = async (): Promise<never> => {
  throw new OAuth2Server.ServerError("Access tokens are looked up by the API itself.");
};

/** RFC 8707: a token is asked for somewhere else. */
export const invalidTarget = () =>
  new OAuth2Server.OAuthError("The resource is not one of this server", {
    code: 400,
    name: "invalid_target",
  });

/** For the token endpoint. Its clients prove who they are by the code's verifier, or by having the refresh token. */
export const tokenModel: Model = {
  getClient: async (id) => ({ id, grants: GRANTS }),
  getAccessToken: refuseUse,
  saveAuthorizationCode: refuseUse,
  generateAccessToken: async () => newAccessToken(),
  generateRefreshToken: async () => newRefreshToken(),

  async getAuthorizationCode(code) {
    const found = await good("code", code);
    if (!found?.redirectUri || !found.challenge) return null;
    return {
      ...about(found),
      authorizationCode: code,
      expiresAt: found.expiresAt,
      redirectUri: found.redirectUri,
      codeChallenge: found.challenge,
      codeChallengeMethod: "S256",
    };
  },
  revokeAuthorizationCode: (code) => spendToken(getCore(), code.authorizationCode, code.user as GoodToken),

  async getRefreshToken(refreshToken) {
    const found = await good("refresh", refreshToken);
    if (!found) return null;
    const user: Connected = { ...found, spends: refreshToken };
    return { ...about(found), user, refreshToken, refreshTokenExpiresAt: found.expiresAt };
  },
  // It is spent where its successor is kept.
  revokeToken: async () => true,

  async saveToken(token, client, user) {
    const of = user as Connected;
    const { accessToken: access, refreshToken: refresh } = token;
    const permissions = permissionsIn(token.scope ?? []);
    if (!refresh || !(await keep(of, { access, refresh, permissions }))) {
      throw new OAuth2Server.InvalidGrantError("Invalid grant: the connection has ended");
    }
    return { ...token, scope: permissions, client, user };
  },
};

/** A code is spent by then, be its verifier right or wrong; a refresh token together with this. */
const keep = (of: Connected, tokens: NewTokens): Promise<boolean> =>
  of.spends ? rotateTokens(getCore(), of.spends, of, tokens) : keepTokens(getCore(), of.grantId, tokens);

/** Only where it was given for this very server: a database may have served another address before. */
async function good(kind: "code" | "refresh", token: string): Promise<GoodToken | null> {
  const found = await findToken(getCore(), kind, token);
  return found?.resource === audience() ? found : null;
}

const about = (found: GoodToken) => ({
  client: { id: found.clientId, grants: GRANTS },
  user: found,
  scope: [...found.permissions],
});

export const ACCESS_SECONDS = ACCESS_MINUTES * 60;
