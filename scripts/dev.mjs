import { join } from "node:path";
import { checkDatabase, embeddedDatabase } from "./lib/database.mjs";
import { Fault } from "./lib/fault.mjs";
import { localBin, root } from "./lib/paths.mjs";
import { authSecret, checkPort, dataFolder, portNumber } from "./lib/settings.mjs";
import { say } from "./lib/steps.mjs";
import { end, isEnding, launch, main } from "./lib/supervise.mjs";
import { buildParts, checkNode, ensureReady } from "./lib/toolchain.mjs";

/** @param {{ exited: Promise<unknown> }} child @param {string} what */
function needed({ exited }, what) {
  exited.then(async () => {
    if (isEnding()) return;
    console.error(`${what} stopped: run pnpm dev again.`);
    await end(1);
  });
}

async function dev() {
  checkNode();
  const port = portNumber();
  const dataDir = dataFolder();
  await checkPort(port);
  const logs = join(dataDir, "logs");
  await ensureReady({ logs, build: false });
  await buildParts({ logs, parts: ["@humans2ai/core", "@humans2ai/mcp"] });
  const own = process.env.DATABASE_URL;
  if (own) await checkDatabase(own);
  const env = {
    ...process.env,
    PORT: String(port),
    DATA_DIR: dataDir,
    DATABASE_URL: own || (await embeddedDatabase(dataDir)),
    AUTH_SECRET: authSecret(dataDir),
    DEMO: process.env.DEMO || "1",
    WEBHOOK_ALLOW_PRIVATE: process.env.WEBHOOK_ALLOW_PRIVATE || "1",
    NEXT_TELEMETRY_DISABLED: "1",
  };
  const web = join(root, "apps/web");
  // From its source: the built server would first need all pages built.
  const migration = ["server.ts", "--migrate-only"];
  const prepare = launch(localBin("tsx"), migration, { cwd: web, env: { ...env, NODE_ENV: "production" } });
  if ((await prepare.exited).code !== 0) throw new Fault("The database could not be migrated: see above.");

  const core = join(root, "packages/core");
  const watch = ["-p", "tsconfig.build.json", "--watch", "--preserveWatchOutput"];
  needed(launch(localBin("tsc", core), watch, { cwd: core, env }), "The compiler of packages/core");
  const clock = ["server.ts", "--clock-only"];
  needed(launch(localBin("tsx"), clock, { cwd: web, env: { ...env, NODE_ENV: "production" } }), "The clock");
  const next = ["dev", "--port", String(port)];
  needed(
    launch(localBin("next", web), next, { cwd: web, env: { ...env, NODE_ENV: "development" } }),
    "next dev",
  );
  say(`Developing on http://localhost:${port}; stop with Ctrl-C.`);
  return undefined;
}

await main(dev);
