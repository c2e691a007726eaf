import { execFileSync } from "node:child_process";
import { mkdirSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const source = fileURLToPath(new URL("../../packages/mcp", import.meta.url));

/** Packs the stdio client and installs the tarball in an empty folder, as npx would; answers its command. */
export function installClient(folder: string): string {
  mkdirSync(folder);
  const npm = (...args: string[]) =>
    execFileSync("npm", args, { cwd: folder, encoding: "utf8", env: cleanEnv(), stdio: "pipe" });
  // It is built already, and others may be running the built file.
  npm("pack", source, "--silent", "--ignore-scripts");
  const tarball = readdirSync(folder).find((name) => name.endsWith(".tgz"));
  npm("install", "--offline", "--no-audit", "--no-fund", "--silent", `./${tarball}`);
  return join(folder, "node_modules", ".bin", "humans2ai-mcp");
}

/** Without what an outer npm or pnpm run says to its children. */
const cleanEnv = () =>
  Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^(npm_|pnpm_)/i.test(name)));
