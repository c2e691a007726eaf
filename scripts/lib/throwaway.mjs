import { existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { othersHold } from "./postgres/holders.mjs";
import { startPostgres } from "./postgres.mjs";
import { atEnd } from "./supervise.mjs";

const PREFIX = "humans2ai-test-";

/** Stops and removes what a killed test run left behind. */
async function sweep() {
  for (const name of readdirSync(tmpdir()).filter((entry) => entry.startsWith(PREFIX))) {
    const dataDir = join(tmpdir(), name);
    const home = join(dataDir, "postgres");
    // No cluster yet: another run is just starting it.
    if (!existsSync(join(home, "connection.json")) || existsSync(join(home, "lock")) || othersHold(home))
      continue;
    const orphan = await startPostgres({ dataDir, fast: true });
    await orphan.stop();
    rmSync(dataDir, { recursive: true, force: true });
  }
}

/** A database for tests: fast, empty, gone when this process ends.
 * @returns {Promise<string>} its address */
export async function throwawayDatabase() {
  await sweep();
  const dataDir = mkdtempSync(join(tmpdir(), PREFIX));
  const starting = startPostgres({ dataDir, fast: true });
  atEnd(async () => {
    const [started] = await Promise.allSettled([starting]);
    if (started.status === "fulfilled") await started.value.stop();
    rmSync(dataDir, { recursive: true, force: true });
  });
  return (await starting).url;
}
