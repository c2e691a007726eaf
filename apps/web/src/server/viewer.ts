/** Who looks at this page: the signed-in user, or a visitor. */

import {
  type Actor,
  ANONYMOUS,
  actorOfUser,
  enterSession,
  Refusal,
  type TokenSession,
  VISITOR,
} from "@humans2ai/core";
import { headers } from "next/headers";
import { redirect } from "next/navigation";
import { getServerSession } from "next-auth";
import { cache } from "react";
import { authOptions, sessionOf } from "./auth.ts";
import { getCore } from "./core.ts";
import { ADDRESS } from "./page-headers.ts";
import { CLIENT_IP } from "./request-ip.ts";

declare module "next-auth" {
  interface Session {
    cookie?: TokenSession | null;
  }
}

async function browserSession(): Promise<TokenSession | null> {
  const session = await getServerSession({
    ...authOptions(),
    callbacks: { session: ({ session, token }) => ({ ...session, cookie: sessionOf(token) }) },
  });
  return session?.cookie ?? null;
}

const clientIp = async () => (await headers()).get(CLIENT_IP) ?? "unknown";

export const viewer = cache(async (): Promise<Actor> => {
  const session = await browserSession();
  if (!session) return VISITOR;
  try {
    return await actorOfUser(getCore(), session.userId, { ip: await clientIp(), sessionId: session.id });
  } catch (error) {
    // Signed out elsewhere, suspended or gone since the cookie was made: the page is a visitor's.
    if (error instanceof Refusal) return VISITOR;
    throw error;
  }
});

/** Who presses a button: counted against the hour of the address, like every call. */
export async function caller(): Promise<Actor> {
  const ip = await clientIp();
  try {
    return (await enterSession(getCore(), await browserSession(), ip)).actor;
  } catch (error) {
    // What is left of an ended session must not keep anyone from signing up or in.
    if (error instanceof Refusal && error.code === "UNAUTHORIZED") return { ...ANONYMOUS, ip };
    throw error;
  }
}

/** The viewer as the header shows it. */
export async function header() {
  const { role, userId, name } = await viewer();
  return { role: role === "anonymous" || role === "clock" ? ("visitor" as const) : role, userId, name };
}

/** The signed-in user of one of these roles; others are sent to sign in, or to their own home. */
export async function requireRole(...roles: Actor["role"][]): Promise<Actor> {
  const actor = await viewer();
  if (actor.role === "visitor") redirect(`/login?next=${encodeURIComponent(await ownAddress())}`);
  if (!roles.includes(actor.role)) redirect("/");
  return actor;
}

/** Where the visitor was headed; the sign-in page checks that it is of this site. */
async function ownAddress(): Promise<string> {
  const here = new URL((await headers()).get(ADDRESS) ?? "/login", "http://here.invalid");
  here.searchParams.delete("_rsc"); // the framework's own mark
  return here.pathname + here.search;
}
