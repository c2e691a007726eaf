/** An API that knows its own address, an app that wants to be connected, and the browser of its owner. */

import { createHash, randomBytes } from "node:crypto";
import { createServer } from "node:net";
import { type Answer, type Api, type Person, startApi } from "./api.ts";

export const USUAL = "tasks:read tasks:write wallet:read messages:read messages:write";
export const CALLBACK = "http://127.0.0.1:7777/callback";

/** An API whose PUBLIC_URL is where it listens. */
export async function startOauth(settings: Record<string, string> = {}): Promise<Api> {
  const port = await freePort();
  return startApi({ PUBLIC_URL: `http://127.0.0.1:${port}`, TEST_PORT: String(port), ...settings });
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, "127.0.0.1", () => {
      const { port } = server.address() as { port: number };
      server.close(() => resolve(port));
    });
  });
}

export interface Pkce {
  verifier: string;
  challenge: string;
}

export function pkce(): Pkce {
  const verifier = randomBytes(32).toString("base64url");
  return { verifier, challenge: createHash("sha256").update(verifier).digest("base64url") };
}

export interface Tokens {
  access_token: string;
  refresh_token: string;
  expires_in: number;
  scope: string;
  token_type: string;
}

/** What a test can do to an authorization server. */
export function oauthOf(api: Api) {
  const registered = new Map<string, Promise<string>>();
  /** An app that registered itself; the same name is the same app. */
  const register = (name = "Test App", redirectUris = [CALLBACK]): Promise<string> => {
    const body = { client_name: name, redirect_uris: redirectUris };
    const id = registered.get(name) ?? api.send("/oauth/register", { body }).then((a) => a.body.client_id);
    registered.set(name, id);
    return id;
  };
  /** A browser with cookies of its own. */
  const browser = () => {
    let cookie = "";
    /** Follows an app's link; where it leads. */
    const open = async (query: Record<string, string | string[]>, headers: Record<string, string> = {}) => {
      const params = new URLSearchParams();
      for (const [name, value] of Object.entries(query)) {
        for (const one of [value].flat()) params.append(name, one);
      }
      const answer = await fetch(`${api.url}/oauth/authorize?${params}`, {
        redirect: "manual",
        headers: { ...(cookie ? { cookie } : {}), ...headers },
      });
      const set = answer.headers.get("set-cookie");
      if (set) cookie = set.split(";")[0]!;
      const location = answer.headers.get("location");
      return { status: answer.status, location, set, text: await answer.text() };
    };
    const token = () => cookie.split("=")[1] ?? "";
    /** What the consent page does when its button is pressed. */
    const answer = (as: Person | string, requestId: string, permissions: string[]): Promise<Answer> =>
      api.call("connect_app", { requestId, browserToken: token(), permissions }, { as });
    return { open, answer, token };
  };
  const form = (
    path: string,
    fields: Record<string, string | string[]>,
    headers: Record<string, string> = {},
  ) => {
    const params = new URLSearchParams();
    for (const [name, value] of Object.entries(fields)) {
      for (const one of [value].flat()) params.append(name, one);
    }
    return api.send(path, {
      body: params.toString(),
      headers: { "content-type": "application/x-www-form-urlencoded", ...headers },
    });
  };
  const requestOf = (
    clientId: string,
    { challenge }: Pkce,
    more: Record<string, string | string[]> = {},
  ) => ({
    response_type: "code",
    client_id: clientId,
    redirect_uri: CALLBACK,
    code_challenge: challenge,
    code_challenge_method: "S256",
    state: "the state",
    ...more,
  });
  /** From the app's link to the code, with a yes of the owner. */
  const codeFor = async (clientId: string, as: Person, scope = USUAL, keys = pkce(), more = {}) => {
    const window = browser();
    const { location } = await window.open(requestOf(clientId, keys, { scope, ...more }));
    const requestId = location!.split("/").at(-1)!;
    const ours = scope.split(" ").filter((word) => word.includes(":"));
    const { body } = await window.answer(as, requestId, ours);
    const to = new URL(body.result.redirectTo);
    return { code: to.searchParams.get("code")!, keys, connectionId: body.result.id as string, to };
  };
  const exchange = (clientId: string, code: string, { verifier }: Pkce, more: Record<string, string> = {}) =>
    form("/oauth/token", {
      grant_type: "authorization_code",
      client_id: clientId,
      code,
      code_verifier: verifier,
      redirect_uri: CALLBACK,
      ...more,
    });
  const refresh = (clientId: string, token: string, more: Record<string, string> = {}) =>
    form("/oauth/token", { grant_type: "refresh_token", client_id: clientId, refresh_token: token, ...more });
  /** A connected app's tokens. */
  const connect = async (as: Person, scope = USUAL) => {
    const clientId = await register();
    const { code, keys, connectionId } = await codeFor(clientId, as, scope);
    const { body } = await exchange(clientId, code, keys);
    return { clientId, connectionId, tokens: body as Tokens };
  };
  return { register, browser, form, requestOf, codeFor, exchange, refresh, connect };
}
