/** A program on its owner's machine that connects by OAuth. */

import { createHash, randomBytes } from "node:crypto";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { serverUrl } from "./api.ts";

const SCOPE = "tasks:read tasks:write wallet:read";

export interface App {
  /** The link that it opens in the owner's browser. */
  link: string;
  /** What it was answered with. */
  answer: () => Promise<URLSearchParams>;
  /** Its tokens, for the code. */
  exchange: (code: string) => Promise<string>;
  close: () => void;
}

/** A program on the owner's machine, with a listener for the answer, as command-line clients have. */
export async function startApp(name: string): Promise<App> {
  let told: (answer: URLSearchParams) => void;
  const answered = new Promise<URLSearchParams>((resolve) => {
    told = resolve;
  });
  const server = createServer((req, res) => {
    const url = new URL(req.url ?? "/", "http://127.0.0.1");
    if (url.pathname === "/callback") told(url.searchParams);
    res.setHeader("content-type", "text/html").end("<title>App</title><h1>Back in the app</h1>");
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const redirectUri = `http://127.0.0.1:${(server.address() as AddressInfo).port}/callback`;
  const site = serverUrl();
  const registered = await fetch(`${site}/oauth/register`, {
    method: "POST",
    body: JSON.stringify({ client_name: name, redirect_uris: [redirectUri] }),
  });
  const { client_id: clientId } = (await registered.json()) as { client_id: string };
  const verifier = randomBytes(32).toString("base64url");
  const query = new URLSearchParams({
    response_type: "code",
    client_id: clientId,
    redirect_uri: redirectUri,
    scope: SCOPE,
    state: "of the app",
    code_challenge: createHash("sha256").update(verifier).digest("base64url"),
    code_challenge_method: "S256",
    resource: `${site}/mcp`,
  });
  const exchange = async (code: string) => {
    const body = new URLSearchParams({
      grant_type: "authorization_code",
      client_id: clientId,
      code,
      code_verifier: verifier,
      redirect_uri: redirectUri,
    });
    const reply = await fetch(`${site}/oauth/token`, { method: "POST", body });
    return ((await reply.json()) as { access_token: string }).access_token;
  };
  return {
    link: `${site}/oauth/authorize?${query}`,
    answer: () => answered,
    exchange,
    close: () => void server.close(),
  };
}
