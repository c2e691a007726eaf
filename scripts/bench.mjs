import { join } from "node:path";
import { embeddedDatabase } from "./lib/database.mjs";
import { localBin, root } from "./lib/paths.mjs";
import { dataFolder } from "./lib/settings.mjs";
import { launch, main } from "./lib/supervise.mjs";
import { checkNode, ensureReady } from "./lib/toolchain.mjs";

async function bench() {
  checkNode();
  const dataDir = dataFolder();
  await ensureReady({ logs: join(dataDir, "logs") });
  const databaseUrl = await embeddedDatabase(join(dataDir, "bench"));
  const cwd = join(root, "bench");
  const env = { ...process.env, BENCH_DATABASE_URL: databaseUrl };
  const args = ["src/main.ts", ...process.argv.slice(2)];
  const { code } = await launch(localBin("tsx", cwd), args, { cwd, env }).exited;
  return code ?? 1;
}

await main(bench);
