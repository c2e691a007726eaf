/** The API where Next's own server runs, as in `pnpm dev`; in production the listener serves it before Next does. */

import { handleApi } from "@/server/api.ts";
import { CLIENT_IP } from "@/server/request-ip.ts";

export const dynamic = "force-dynamic";

const serve = (request: Request) => handleApi(request, request.headers.get(CLIENT_IP) ?? "127.0.0.1");

export { serve as DELETE, serve as GET, serve as OPTIONS, serve as POST };
