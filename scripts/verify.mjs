import { join } from "node:path";
import { dataFolder } from "./lib/settings.mjs";
import { lintSuite, runSuites, typeSuites, vitestSuite } from "./lib/suites.mjs";
import { main } from "./lib/supervise.mjs";
import { throwawayDatabase } from "./lib/throwaway.mjs";
import { buildParts, checkNode, ensureReady } from "./lib/toolchain.mjs";

async function verify() {
  checkNode();
  const logs = join(dataFolder(), "logs");
  await ensureReady({ logs, build: false });
  await buildParts({ logs, parts: ["@humans2ai/core", "@humans2ai/mcp"] });
  const units = await throwawayDatabase();
  const suites = ["packages/core", "packages/mcp", "apps/web"].map((path) => vitestSuite(path, units));
  return await runSuites([lintSuite(), ...typeSuites(), ...suites]);
}

await main(verify);
