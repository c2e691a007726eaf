import { join } from "node:path";
import { banner, readDemo } from "./lib/banner.mjs";
import { checkDatabase, embeddedDatabase } from "./lib/database.mjs";
import { Fault } from "./lib/fault.mjs";
import { root } from "./lib/paths.mjs";
import { sleep } from "./lib/process.mjs";
import { authSecret, checkPort, dataFolder, portNumber } from "./lib/settings.mjs";
import { say, seconds } from "./lib/steps.mjs";
import { end, isEnding, launch, main } from "./lib/supervise.mjs";
import { checkNode, ensureReady } from "./lib/toolchain.mjs";

const HEALTH_PATIENCE_MS = 180_000;

/** Where this machine reaches a server that listens on HOST. */
function reachableHost() {
  const { HOST = "" } = process.env;
  return ["", "0.0.0.0", "::"].includes(HOST) ? "localhost" : HOST;
}

/** @param {string} address */
async function isHealthy(address) {
  try {
    const reply = await fetch(`${address}/api/v1/health`, { signal: AbortSignal.timeout(5000) });
    await reply.arrayBuffer();
    return reply.status === 200;
  } catch {
    // Not listening yet; the caller's patience, or the server's exit, ends the wait.
    return false;
  }
}

/** @param {string} address @param {() => boolean} gone */
async function waitUntilHealthy(address, gone) {
  const giveUp = Date.now() + HEALTH_PATIENCE_MS;
  while (!gone()) {
    if (await isHealthy(address)) return true;
    if (Date.now() > giveUp)
      throw new Fault(`The server runs but ${address}/api/v1/health does not answer 200.`);
    await sleep(100);
  }
  return false;
}

/** @param {string} dataDir @param {number} port */
async function serverEnv(dataDir, port) {
  const own = process.env.DATABASE_URL;
  if (own) await checkDatabase(own);
  const databaseUrl = own || (await embeddedDatabase(dataDir));
  return {
    ...process.env,
    NODE_ENV: "production",
    PORT: String(port),
    DATA_DIR: dataDir,
    DATABASE_URL: databaseUrl,
    AUTH_SECRET: authSecret(dataDir),
    ...(own ? {} : { DEMO: process.env.DEMO || "1" }),
  };
}

async function start() {
  const since = Date.now();
  checkNode();
  const port = portNumber();
  const dataDir = dataFolder();
  await checkPort(port);
  await ensureReady({ logs: join(dataDir, "logs") });
  const env = await serverEnv(dataDir, port);

  const server = launch(process.execPath, [join(root, "apps/web/dist/server.js")], {
    cwd: join(root, "apps/web"),
    env,
  });
  const address = `http://${reachableHost()}:${port}`;
  let healthy = false;
  let gone = false;
  server.exited.then(async ({ code, signal }) => {
    gone = true;
    if (isEnding()) return;
    // Before it was well the server has told its fault itself, in a sentence of its own.
    if (signal) console.error(`The server was killed by ${signal}: run npm start again.`);
    else if (healthy) console.error(`The server stopped with exit code ${code}: run npm start again.`);
    await end(1);
  });
  healthy = await waitUntilHealthy(address, () => gone);
  if (!healthy) return undefined;
  const wantsDemo = "DEMO" in env && ["1", "true"].includes(env.DEMO);
  const demo = wantsDemo ? readDemo(dataDir) : undefined;
  say(banner({ address, demo, took: seconds(since) }));
  return undefined;
}

await main(start, { onTerm: 0 });
