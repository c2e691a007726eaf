/** The API where only Next's own server runs (`next dev`); in production server.ts serves it directly. */

import { handleApi } from "@/server/api.ts";

export const dynamic = "force-dynamic";

const serve = (request: Request) => handleApi(request, "127.0.0.1");

export { serve as DELETE, serve as GET, serve as POST };
