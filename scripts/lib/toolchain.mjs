import { existsSync, mkdirSync, rmSync } from "node:fs";
import { delimiter, dirname, join } from "node:path";
import { errorText, Fault } from "./fault.mjs";
import { root, rootPackage } from "./paths.mjs";
import { withLock } from "./postgres/holders.mjs";
import { buildStamp, installStamp, keepStamp, keptStamp, stampFolder } from "./stamp.mjs";
import { step } from "./steps.mjs";

const OUTPUTS = [
  "packages/core/dist/index.js",
  "packages/mcp/dist/humans2ai-mcp.js",
  "apps/web/dist/server.js",
  "apps/web/.next/BUILD_ID",
];
const nextCache = join(root, "apps/web/.next");

export function checkNode() {
  const wanted = rootPackage().engines.node.replace(/[^\d.]/g, "");
  const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
  const [needMajor = 0, needMinor = 0] = wanted.split(".").map(Number);
  if (major > needMajor || (major === needMajor && minor >= needMinor)) return;
  throw new Fault(
    `Humans2AI needs Node ${wanted} or newer and this is ${process.versions.node}: get a newer one from https://nodejs.org.`,
  );
}

/** NODE_ENV=production would leave out the build tools; CI keeps pnpm from asking questions. */
function toolEnv() {
  const quiet = { NEXT_TELEMETRY_DISABLED: "1", TURBO_TELEMETRY_DISABLED: "1", DO_NOT_TRACK: "1" };
  const { NODE_ENV: _, ...rest } = process.env;
  return { ...rest, ...quiet, CI: "true", PATH: [dirname(process.execPath), rest.PATH].join(delimiter) };
}

/** pnpm by npx, in the very version that package.json names: pnpm refuses to run under another one.
 * @param {{ title: string, logFile: string, args: string[], cwd?: string }} options */
function pnpm({ title, logFile, args, cwd = root }) {
  const version = rootPackage().packageManager.replace(/\+.*/, "");
  const npx = ["--prefer-offline", "-y", version, ...args];
  return step({ title, logFile, command: "npx", args: npx, cwd, env: toolEnv() });
}

const isInstalled = () => keptStamp("install") !== undefined && keptStamp("install") === installStamp();

const isBuilt = () =>
  OUTPUTS.every((file) => existsSync(join(root, file))) && keptStamp("build") === buildStamp();

/** @param {string} logs */
async function install(logs) {
  await pnpm({
    title: "Installing packages",
    logFile: join(logs, "install.log"),
    args: ["install", "--frozen-lockfile"],
  });
  // Next's cache of other dependencies yields a broken app.
  rmSync(nextCache, { recursive: true, force: true });
  keepStamp("install", installStamp() ?? "");
}

/** @param {string} logs */
async function build(logs) {
  const stamp = buildStamp();
  try {
    // Our stamp already says that something changed, and turbo's cache knows nothing of .next.
    const args = ["exec", "turbo", "run", "build", "--force"];
    await pnpm({ title: "Building", logFile: join(logs, "build.log"), args });
  } catch (error) {
    // A failed Next build may poison its cache for all later ones.
    rmSync(nextCache, { recursive: true, force: true });
    throw error;
  }
  keepStamp("build", stamp);
}

/** @template T @param {() => Promise<T>} work */
function locked(work) {
  try {
    mkdirSync(stampFolder, { recursive: true });
  } catch (error) {
    throw new Fault(
      `Cannot install or build in ${root} (${errorText(error)}): start as a user who may write there.`,
    );
  }
  return withLock(stampFolder, work);
}

/** Installs and builds what is missing or changed, and nothing else.
 * @param {{ logs: string, build?: boolean }} options */
export async function ensureReady({ logs, build: wantBuild = true }) {
  if (isInstalled() && (!wantBuild || isBuilt())) return;
  await locked(async () => {
    if (!isInstalled()) await install(logs);
    if (wantBuild && !isBuilt()) await build(logs);
  });
}

/** The MCP clients of others and the official conformance suite, large and needed by their tests only.
 * @param {string} logs */
export async function installInterop(logs) {
  await pnpm({
    title: "Installing the MCP clients of others",
    logFile: join(logs, "install-interop.log"),
    args: ["install", "--frozen-lockfile"],
    cwd: join(root, "interop"),
  });
}

/** Some packages only, where turbo's cache does well: none of them is built by Next.
 * @param {{ logs: string, parts: string[] }} options */
export async function buildParts({ logs, parts }) {
  const args = ["exec", "turbo", "run", "build", ...parts.map((name) => `--filter=${name}`)];
  await pnpm({ title: `Building ${parts.join(" and ")}`, logFile: join(logs, "build-parts.log"), args });
}
