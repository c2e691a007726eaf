import { existsSync, mkdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { errorCode } from "./fault.mjs";

export const root = fileURLToPath(new URL("../..", import.meta.url)).replace(/[\\/]$/, "");

/** @returns {{ packageManager: string, engines: { node: string } }} */
export const rootPackage = () => JSON.parse(readFileSync(join(root, "package.json"), "utf8"));

/** @param {string} name */
export const localBin = (name, folder = root) => join(folder, "node_modules/.bin", name);

/** Not mkdir's own recursion: on file systems that refuse with ENOENT (such as /proc) Node 20 never ends it.
 * @param {string} folder */
export function makeFolder(folder) {
  if (existsSync(folder)) return;
  makeFolder(dirname(folder));
  try {
    mkdirSync(folder);
  } catch (error) {
    if (errorCode(error) !== "EEXIST") throw error;
  }
}
