import type { NextRequest } from "next/server";
import NextAuth from "next-auth";
import { authOptions } from "@/server/auth.ts";

type Context = { params: Promise<{ nextauth: string[] }> };
// The options are read at the request, not at the build, where no secret exists.
const handler = (request: NextRequest, context: Context) =>
  NextAuth(request as never, context as never, authOptions());

export { handler as GET, handler as POST };
