import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { root } from "./paths.mjs";

const SKIP = new Set(["node_modules", "dist", ".next", ".turbo", "test-results", "coverage"]);
const UNBUILT = /\.(test|spec)\.[cm]?[jt]sx?$|\.md$|\.tsbuildinfo$|^next-env\.d\.ts$/;

/** @param {string} folder @returns {string[]} */
function filesIn(folder) {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return SKIP.has(entry.name) ? [] : filesIn(path);
    return UNBUILT.test(entry.name) ? [] : [path];
  });
}

/** @param {string[]} files */
function digest(files) {
  const hash = createHash("sha256").update(`${process.platform}-${process.arch}`);
  for (const file of [...files].sort()) hash.update(`\n${file}\n`).update(readFileSync(file));
  return hash.digest("hex");
}

const workspaces = () =>
  ["apps", "packages"]
    .flatMap((group) => readdirSync(join(root, group)).map((name) => join(root, group, name)))
    .filter((folder) => existsSync(join(folder, "package.json")));

const manifests = () =>
  [root, ...workspaces(), join(root, "e2e"), join(root, "bench")]
    .map((folder) => join(folder, "package.json"))
    .concat(["pnpm-lock.yaml", "pnpm-workspace.yaml", ".npmrc"].map((name) => join(root, name)))
    .filter((file) => existsSync(file));

/** What an install depends on, and the mark that pnpm leaves each time it changes node_modules. */
export function installStamp() {
  const mark = statSync(join(root, "node_modules/.modules.yaml"), { throwIfNoEntry: false });
  return mark ? `${digest(manifests())} ${mark.mtimeMs}` : undefined;
}

/** By content, not time: a fresh clone, a switched branch and a touched file all tell the truth. */
export const buildStamp = () =>
  digest([...manifests(), join(root, "tsconfig.base.json"), ...workspaces().flatMap(filesIn)]);

/** In the default data folder whatever DATA_DIR says: they describe this copy of the repository. */
export const stampFolder = join(root, ".data/build");

/** @param {"install" | "build"} name */
export function keptStamp(name) {
  const file = join(stampFolder, name);
  return existsSync(file) ? readFileSync(file, "utf8") : undefined;
}

/** @param {"install" | "build"} name @param {string} stamp */
export function keepStamp(name, stamp) {
  const file = join(stampFolder, name);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, stamp);
}
