import type { NextRequest } from "next/server";
import NextAuth from "next-auth";
import { authOptions } from "@/server/auth.ts";

type Context = { params: Promise<{ nextauth: string[] }> };
// The options are read at the request, not at the build, where no secret exists.
const handler = (request: NextRequest, context: Context) =>
  NextAuth(request as never, context as never, authOptions());

/** next-auth calls it a fault of its own when someone opens the address that the sign-in form posts to. */
const get = (request: NextRequest, context: Context) =>
  request.nextUrl.pathname.endsWith("/callback/credentials")
    ? new Response(null, { status: 405, headers: { allow: "POST" } })
    : handler(request, context);

export { get as GET, handler as POST };
