/** Browser sessions: next-auth with email and password, through the same `login` tool as everyone. */

import { ANONYMOUS, Refusal } from "@humans2ai/core";
import type { NextAuthOptions } from "next-auth";
import Credentials from "next-auth/providers/credentials";
import { env } from "../env.ts";
import { authCookies } from "./cookies.ts";
import { getCore } from "./core.ts";
import { limitSignIn } from "./incoming.ts";
import { CLIENT_IP } from "./request-ip.ts";

export const authOptions = (): NextAuthOptions => ({
  secret: env().AUTH_SECRET,
  cookies: authCookies(env().PUBLIC_URL),
  session: { strategy: "jwt", maxAge: 30 * 24 * 3600 },
  pages: { signIn: "/login" },
  // Kept in the cookie when the password is given: what needs a fresh sign-in goes by it.
  callbacks: { jwt: ({ token, user }) => (user ? { ...token, signedInAt: Date.now() } : token) },
  providers: [
    Credentials({
      credentials: { email: { type: "email" }, password: { type: "password" } },
      async authorize(given, request) {
        const ip = String(request.headers?.[CLIENT_IP] ?? "unknown");
        try {
          await limitSignIn("login", ip);
          const input = { email: given?.email ?? "", password: given?.password ?? "" };
          const { user } = await getCore().call({ ...ANONYMOUS, ip }, "login", input, { channel: "browser" });
          return { id: user.id, name: user.displayName, email: user.email };
        } catch (error) {
          // next-auth hands this message to the sign-in page, which shows it.
          if (error instanceof Refusal) throw new Error(error.message);
          throw error;
        }
      },
    }),
  ],
});
