/** Browser sessions: next-auth with email and password, through the same `login` tool as everyone. */

import { ANONYMOUS, actorOfUser, Refusal, type TokenSession, verifyIdToken } from "@humans2ai/core";
import type { NextAuthOptions } from "next-auth";
import type { JWT } from "next-auth/jwt";
import Credentials from "next-auth/providers/credentials";
import { env } from "../env.ts";
import { authCookies } from "./cookies.ts";
import { getCore } from "./core.ts";
import { CLIENT_IP } from "./request-ip.ts";

declare module "next-auth" {
  interface User {
    sessionId?: string;
  }
}

export const authOptions = (): NextAuthOptions => ({
  secret: env().AUTH_SECRET,
  cookies: authCookies(env().PUBLIC_URL),
  session: { strategy: "jwt", maxAge: 30 * 24 * 3600 },
  pages: { signIn: "/login" },
  providers: [
    Credentials({
      credentials: { email: { type: "email" }, password: { type: "password" } },
      async authorize(given, request) {
        const ip = String(request.headers?.[CLIENT_IP] ?? "unknown");
        try {
          const input = { email: given?.email ?? "", password: given?.password ?? "" };
          const core = getCore();
          const { user, idToken } = await core.call({ ...ANONYMOUS, ip }, "login", input, {
            channel: "browser",
          });
          const session = await verifyIdToken(core.secret, idToken, core.now());
          return { id: user.id, name: user.displayName, email: user.email, sessionId: session!.id };
        } catch (error) {
          // next-auth hands this message to the sign-in page, which shows it.
          if (error instanceof Refusal) throw new Error(error.message);
          throw error;
        }
      },
    }),
  ],
  // The cookie is a copy of who signed in; whether the session still lives is asked of the database each time.
  callbacks: { jwt: ({ token, user }) => (user?.sessionId ? { ...token, sid: user.sessionId } : token) },
  events: { signOut: ({ token }) => endSession(sessionOf(token)) },
});

/** The session that a browser's cookie names. */
export const sessionOf = (token: JWT | null): TokenSession | null =>
  token?.sub && typeof token.sid === "string" ? { id: token.sid, userId: token.sub } : null;

async function endSession(session: TokenSession | null): Promise<void> {
  if (!session) return;
  try {
    const actor = await actorOfUser(getCore(), session.userId, { sessionId: session.id });
    await getCore().call(actor, "sign_out", {}, { channel: "browser" });
  } catch (error) {
    // It had ended before: the cookie goes all the same.
    if (!(error instanceof Refusal)) throw error;
  }
}
