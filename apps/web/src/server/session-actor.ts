/** From a request with cookies (a page's fetch) to the browser session that they name. */

import type { TokenSession } from "@humans2ai/core";
import { getToken } from "next-auth/jwt";
import { env } from "../env.ts";
import { sessionOf } from "./auth.ts";
import { sessionCookie } from "./cookies.ts";

/** Null without a cookie of ours. Whether the session lives, `enterSession` asks. */
export async function cookieSession(request: Request): Promise<TokenSession | null> {
  const pairs = (request.headers.get("cookie") ?? "").split(/; */).map((pair) => pair.split("=", 2));
  // next-auth's own cookies need no decoding, and what others set may not even decode.
  const cookies = new Map(pairs.map(([name = "", value = ""]) => [name, value]));
  const req = { headers: Object.fromEntries(request.headers), cookies: Object.fromEntries(cookies) };
  const cookieName = sessionCookie(env().PUBLIC_URL);
  return sessionOf(await getToken({ req: req as never, secret: env().AUTH_SECRET, cookieName }));
}
