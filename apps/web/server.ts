/** The production entry: the API directly, everything else through Next. One process, one core. */

import { fileURLToPath } from "node:url";
import { redact } from "@humans2ai/core";
import next from "next";
import { env } from "./src/env.ts";
import { createListener, listen } from "./src/server/listener.ts";
import { prepare } from "./src/server/prepare.ts";

async function main() {
  const { HOST, PORT, PUBLIC_URL } = env();
  const { letGo, stop } = await prepare();
  if (process.argv.includes("--migrate-only")) return stop();
  // For development, where next serves the pages and the API: the clock has to run somewhere.
  if (process.argv.includes("--clock-only")) return untilSignal(stop);
  // next-auth reads its own names; they are ours under another one.
  process.env.NEXTAUTH_URL = PUBLIC_URL;
  process.env.NEXTAUTH_SECRET = env().AUTH_SECRET;
  const app = next({ dev: false, dir: fileURLToPath(new URL("..", import.meta.url)) });
  const { server, close } = createListener(app.getRequestHandler());
  await listen(server, PORT, HOST);
  await app.prepare();
  console.log(`Humans2AI is ready at ${PUBLIC_URL}`);
  untilSignal(async () => {
    await Promise.all([letGo(), close()]);
    await stop();
  });
}

function untilSignal(stop: () => Promise<void>) {
  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    process.once(signal, () => {
      stop().then(
        () => process.exit(0),
        () => process.exit(1),
      );
    });
  }
}

main().catch((error: Error) => {
  console.error(redact(error.message));
  process.exit(1);
});
