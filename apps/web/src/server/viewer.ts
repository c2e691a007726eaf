/** Who looks at this page: the signed-in user, or a visitor. */

import { type Actor, actorOfUser, Refusal, VISITOR } from "@humans2ai/core";
import { headers } from "next/headers";
import { redirect } from "next/navigation";
import { getServerSession } from "next-auth";
import { cache } from "react";
import { authOptions } from "./auth.ts";
import { getCore } from "./core.ts";
import { ADDRESS } from "./page-headers.ts";

declare module "next-auth" {
  interface Session {
    userId?: string;
    signedInAt?: number;
  }
}

export const viewer = cache(async (): Promise<Actor> => {
  const session = await getServerSession({
    ...authOptions(),
    callbacks: {
      session: ({ session, token: { sub, signedInAt } }) => ({
        ...session,
        ...(sub ? { userId: sub } : {}),
        ...(typeof signedInAt === "number" ? { signedInAt } : {}),
      }),
    },
  });
  if (!session?.userId) return VISITOR;
  try {
    const { userId, signedInAt: at } = session;
    return await actorOfUser(getCore(), userId, at ? { signedInAt: new Date(at) } : {});
  } catch (error) {
    // Suspended or gone since the cookie was made: the page is a visitor's.
    if (error instanceof Refusal) return VISITOR;
    throw error;
  }
});

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
