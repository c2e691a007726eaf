import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { errorText, tell } from "./fault.mjs";
import { localBin, root } from "./paths.mjs";
import { checkResult, playwrightResult, tapResult, vitestResult } from "./results.mjs";
import { say, seconds } from "./steps.mjs";
import { atEnd, isEnding, launch } from "./supervise.mjs";

/** @typedef {import("./results.mjs").Result} Result */
/** @typedef {{ name: string, run: () => Promise<Result> }} Suite */

const SUITE_LIMIT_MS = 20 * 60_000;
const { NODE_ENV: _, ...cleanEnv } = process.env;

/** Runs one tool with its output shown; a suite that hangs is ended and counts as failed.
 * @param {string} command @param {string[]} args
 * @param {{ cwd: string, env?: NodeJS.ProcessEnv }} options */
async function exitCodeOf(command, args, { cwd, env = {} }) {
  const child = launch(command, args, { cwd, env: { ...cleanEnv, ...env }, limitMs: SUITE_LIMIT_MS });
  return (await child.exited).code;
}

/** @type {string | undefined} */
let folder;

/** @param {string} name */
function reportFile(name) {
  if (!folder) {
    const made = mkdtempSync(join(tmpdir(), "humans2ai-reports-"));
    atEnd(async () => rmSync(made, { recursive: true, force: true }));
    folder = made;
  }
  return join(folder, name);
}

/** @returns {Suite} */
export const lintSuite = () => ({
  name: "lint",
  run: async () => checkResult("biome", await exitCodeOf(localBin("biome"), ["check", "."], { cwd: root })),
});

/** @returns {{ name: string, path: string }[]} */
function typedWorkspaces() {
  const grouped = ["packages", "apps"].flatMap((group) =>
    readdirSync(join(root, group)).map((name) => `${group}/${name}`),
  );
  return [...grouped, "e2e", "bench"]
    .map((name) => ({ name, path: join(root, name) }))
    .filter(({ path }) => {
      const manifest = join(path, "package.json");
      return existsSync(manifest) && JSON.parse(readFileSync(manifest, "utf8")).scripts?.typecheck;
    });
}

/** @returns {Suite[]} */
export function typeSuites() {
  const workspaces = typedWorkspaces().map(({ name, path }) => ({
    name: `types of ${name}`,
    run: async () =>
      checkResult(
        "tsc",
        await exitCodeOf("npm", ["run", "--silent", "typecheck"], { cwd: path, env: quietNpm }),
      ),
  }));
  const scripts = {
    name: "types of scripts",
    run: async () => checkResult("tsc", await exitCodeOf(localBin("tsc"), ["-p", "scripts"], { cwd: root })),
  };
  return [...workspaces, scripts];
}

const quietNpm = { npm_config_loglevel: "error" };

/** @param {string} path a workspace @param {string} databaseUrl @param {string} [config] of its tests but the usual
 * @returns {Suite} */
export const vitestSuite = (path, databaseUrl, config) => ({
  name: `tests of ${path}${config ? `, ${config}` : ""}`,
  run: async () => {
    const cwd = join(root, path);
    const file = reportFile(`${[path, config].join("-").replaceAll("/", "-")}.json`);
    const args = ["run", "--reporter=default", "--reporter=json", `--outputFile.json=${file}`];
    if (config) args.push("--config", `vitest.${config}.config.ts`);
    const code = await exitCodeOf(localBin("vitest", cwd), args, {
      cwd,
      env: { TEST_DATABASE_URL: databaseUrl },
    });
    return vitestResult("vitest", file, code);
  },
});

/** @returns {Suite} */
export const launcherSuite = () => ({
  name: "tests of scripts",
  run: async () => {
    const tests = readdirSync(join(root, "scripts/test")).filter((name) => name.endsWith(".test.mjs"));
    const file = reportFile("scripts.tap");
    const reporters = ["spec", "stdout", "tap", file].map(
      (value, index) => `--test-reporter${index % 2 ? "-destination" : ""}=${value}`,
    );
    const args = ["--test", ...reporters, ...tests.map((name) => join("scripts/test", name))];
    return tapResult("node --test", file, await exitCodeOf(process.execPath, args, { cwd: root }));
  },
});

/** @param {string} databaseUrl @param {string} chromium
 * @returns {Suite} */
export const storySuite = (databaseUrl, chromium) => ({
  name: "browser stories",
  run: async () => {
    const cwd = join(root, "e2e");
    const file = reportFile("stories.json");
    const env = {
      E2E_DATABASE_URL: databaseUrl,
      CHROMIUM_PATH: chromium,
      PLAYWRIGHT_JSON_OUTPUT_NAME: file,
      ...(process.env.CI ? { INTEROP: "1" } : {}),
    };
    const args = ["test", "--reporter=list,json"];
    return playwrightResult(
      "playwright",
      file,
      await exitCodeOf(localBin("playwright", cwd), args, { cwd, env }),
    );
  },
});

/** Runs all suites, also after a failure, and closes with the line that counts.
 * @param {(Suite | (() => Promise<Suite>))[]} suites
 * @returns {Promise<number>} the exit code */
export async function runSuites(suites) {
  const since = Date.now();
  let passed = 0;
  let failed = 0;
  const lines = [];
  for (const given of suites) {
    if (isEnding()) return 1;
    const began = Date.now();
    const { name, result } = await runOne(given);
    passed += result.passed;
    failed += result.failed;
    const notes = result.notes.map((note) => `; ${note}`).join("");
    const mark = result.failed ? "✗" : "✓";
    lines.push(
      `${mark} ${name}: ${result.passed} passed, ${result.failed} failed (${seconds(began)})${notes}`,
    );
    say(`${lines.at(-1)}\n`);
  }
  say(`${lines.join("\n")}\n\nTook ${seconds(since)}.`);
  say(`${passed} passed, ${failed} failed`);
  return failed === 0 ? 0 : 1;
}

/** @param {Suite | (() => Promise<Suite>)} given */
async function runOne(given) {
  let name = "preparation";
  try {
    const suite = typeof given === "function" ? await given() : given;
    name = suite.name;
    say(`▸ ${name}`);
    return { name, result: await suite.run() };
  } catch (error) {
    // One suite that cannot run must not hide the results of the others.
    tell(error);
    return { name, result: { passed: 0, failed: 1, notes: [errorText(error)] } };
  }
}
