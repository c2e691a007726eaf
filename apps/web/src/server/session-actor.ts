/** From a browser session (next-auth's cookie) to an actor. */

import { type Actor, actorOfUser, Refusal } from "@humans2ai/core";
import { getToken } from "next-auth/jwt";
import { env } from "../env.ts";
import { sessionCookie } from "./cookies.ts";
import { getCore } from "./core.ts";

/** The signed-in user of a request with cookies; UNAUTHORIZED without one. */
export async function sessionActor(request: Request): Promise<Actor> {
  const pairs = (request.headers.get("cookie") ?? "").split(/; */).map((pair) => pair.split("=", 2));
  // next-auth's own cookies need no decoding, and what others set may not even decode.
  const cookies = new Map(pairs.map(([name = "", value = ""]) => [name, value]));
  const req = { headers: Object.fromEntries(request.headers), cookies: Object.fromEntries(cookies) };
  const cookieName = sessionCookie(env().PUBLIC_URL);
  const token = await getToken({ req: req as never, secret: env().AUTH_SECRET, cookieName });
  if (!token?.sub) throw new Refusal("UNAUTHORIZED", { message: "Sign in first." });
  return actorOfUser(getCore(), token.sub);
}
