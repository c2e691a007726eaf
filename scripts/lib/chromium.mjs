import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { delimiter, join } from "node:path";
import { errorText, Fault } from "./fault.mjs";
import { localBin, root } from "./paths.mjs";
import { step } from "./steps.mjs";

const NAMES = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome"];
const MAC_PATHS = [
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
];
const e2e = join(root, "e2e");

/** A browser whose libraries are missing is there but does not run.
 * @param {string} path */
const runs = (path) => existsSync(path) && spawnSync(path, ["--version"], { timeout: 20_000 }).status === 0;

function systemChromium() {
  const folders = (process.env.PATH ?? "").split(delimiter).filter(Boolean);
  return [...folders.flatMap((folder) => NAMES.map((name) => join(folder, name))), ...MAC_PATHS].find(runs);
}

function playwrightChromium() {
  /** @type {{ chromium: { executablePath(): string } }} */
  const { chromium } = createRequire(join(e2e, "package.json"))("@playwright/test");
  const path = chromium.executablePath();
  return runs(path) ? path : undefined;
}

/** @param {string} logs
 * @returns {Promise<string[]>} what was tried in vain */
async function install(logs) {
  const ways = [
    {
      title: "Installing Playwright's Chromium",
      command: localBin("playwright", e2e),
      args: ["install", "chromium"],
    },
  ];
  if (process.getuid?.() === 0 && existsSync("/usr/bin/apt-get")) {
    const args = ["-c", "apt-get update && DEBIAN_FRONTEND=noninteractive apt-get install -y chromium"];
    ways.push({ title: "Installing the system's Chromium", command: "/bin/sh", args });
  }
  const failures = [];
  for (const [index, way] of ways.entries()) {
    try {
      await step({ ...way, cwd: e2e, logFile: join(logs, `chromium-${index}.log`), limitMs: 300_000 });
      if (playwrightChromium() ?? systemChromium()) return [];
    } catch (error) {
      // The next way may do; if none does, all reasons are told together.
      if (!(error instanceof Fault)) throw error;
      failures.push(errorText(error));
    }
  }
  return failures;
}

const find = () => playwrightChromium() ?? systemChromium();

/** The Chromium for the browser stories: named, Playwright's own, the system's, or newly installed.
 * @param {string} logs */
export async function findChromium(logs) {
  const named = process.env.CHROMIUM_PATH;
  if (named) {
    if (runs(named)) return named;
    throw new Fault(`CHROMIUM_PATH is ${named}, which does not run: point it at a working Chromium.`);
  }
  const found = find();
  if (found) return found;
  const failures = await install(logs);
  const installed = find();
  if (installed) return installed;
  throw new Fault(
    "No Chromium for the browser stories: install Chromium or Google Chrome, or set CHROMIUM_PATH to one.",
    failures.join("\n"),
  );
}
