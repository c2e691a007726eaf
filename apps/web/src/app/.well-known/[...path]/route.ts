/** Where Next's own server runs, as in `pnpm dev`; in production the listener serves it before Next does. */

export const dynamic = "force-dynamic";

export { GET, OPTIONS } from "../../api/v1/[...path]/route.ts";
