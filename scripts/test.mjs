import { join } from "node:path";
import { findChromium } from "./lib/chromium.mjs";
import { tell } from "./lib/fault.mjs";
import { dataFolder } from "./lib/settings.mjs";
import { say } from "./lib/steps.mjs";
import { launcherSuite, lintSuite, runSuites, storySuite, typeSuites, vitestSuite } from "./lib/suites.mjs";
import { main } from "./lib/supervise.mjs";
import { throwawayDatabase } from "./lib/throwaway.mjs";
import { checkNode, ensureReady, installInterop } from "./lib/toolchain.mjs";

async function test() {
  checkNode();
  const logs = join(dataFolder(), "logs");
  try {
    await ensureReady({ logs });
  } catch (error) {
    tell(error);
    say("0 passed, 1 failed");
    return 1;
  }
  const units = await throwawayDatabase();
  const conformance = async () => {
    await installInterop(logs);
    return vitestSuite("apps/web", units, "conformance");
  };
  return await runSuites([
    lintSuite(),
    ...typeSuites(),
    ...["packages/core", "packages/mcp", "apps/web"].map((path) => vitestSuite(path, units)),
    launcherSuite(),
    ...(process.env.CI ? [conformance] : []),
    async () => {
      if (process.env.CI) await installInterop(logs);
      return storySuite(await throwawayDatabase(), await findChromium(logs));
    },
  ]);
}

await main(test);
