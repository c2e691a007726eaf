import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

export const root = fileURLToPath(new URL("../..", import.meta.url)).replace(/[\\/]$/, "");

/** @returns {{ packageManager: string, engines: { node: string } }} */
export const rootPackage = () => JSON.parse(readFileSync(join(root, "package.json"), "utf8"));

/** @param {string} name */
export const localBin = (name, folder = root) => join(folder, "node_modules/.bin", name);
