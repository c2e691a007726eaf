import { existsSync, readFileSync } from "node:fs";

/** @typedef {{ passed: number, failed: number, notes: string[] }} Result */

/** A suite without a single test proves nothing, and its report may be missing because it crashed.
 * @param {string} what @param {Partial<Result>} counts @param {number | null} code
 * @returns {Result} */
function judge(what, { passed = 0, failed = 0, notes = [] }, code) {
  if (passed + failed === 0) return { passed, failed: 1, notes: [...notes, `${what} ran no test`] };
  if (code !== 0 && failed === 0) {
    return { passed, failed: 1, notes: [...notes, `${what} ended with exit code ${code}`] };
  }
  return { passed, failed, notes };
}

/** @param {string} file @returns {unknown} */
const readJson = (file) => (existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : undefined);

/** @param {number} skipped */
const skippedNote = (skipped) => (skipped > 0 ? [`${skipped} skipped, counted as failed`] : []);

/** @typedef {{ status: string, name: string, assertionResults: { status: string }[] }} VitestFile */

/** @param {string} what @param {string} file @param {number | null} code */
export function vitestResult(what, file, code) {
  const report = /** @type {{ testResults: VitestFile[] } | undefined} */ (readJson(file));
  const files = report?.testResults ?? [];
  const tests = files.flatMap(({ assertionResults }) => assertionResults);
  const passed = tests.filter(({ status }) => status === "passed").length;
  const skipped = tests.filter(({ status }) => !["passed", "failed"].includes(status)).length;
  // A file that does not even load has no test in it, yet it failed.
  const broken = files.filter((each) => each.status === "failed" && each.assertionResults.length === 0);
  const notes = [...skippedNote(skipped), ...broken.map(({ name }) => `${name} did not load`)];
  return judge(what, { passed, failed: tests.length - passed + broken.length, notes }, code);
}

/** @typedef {{ expected: number, unexpected: number, flaky: number, skipped: number }} PlaywrightStats */

/** @param {string} what @param {string} file @param {number | null} code */
export function playwrightResult(what, file, code) {
  const report = /** @type {{ stats: PlaywrightStats, errors: unknown[] } | undefined} */ (readJson(file));
  if (!report) return judge(what, {}, code);
  const { expected, unexpected, flaky, skipped } = report.stats;
  const notes = skippedNote(skipped);
  if (flaky > 0) notes.push(`${flaky} passed only when tried again`);
  const failed = unexpected + skipped + report.errors.length;
  return judge(what, { passed: expected + flaky, failed, notes }, code);
}

/** @param {string} what @param {string} file @param {number | null} code */
export function tapResult(what, file, code) {
  const text = existsSync(file) ? readFileSync(file, "utf8") : "";
  const count = (/** @type {string} */ word) =>
    Number(new RegExp(`^# ${word} (\\d+)$`, "m").exec(text)?.[1] ?? 0);
  const skipped = count("skipped") + count("todo");
  const failed = count("fail") + count("cancelled") + skipped;
  return judge(what, { passed: count("pass"), failed, notes: skippedNote(skipped) }, code);
}

/** @param {string} what @param {number | null} code
 * @returns {Result} */
export const checkResult = (what, code) =>
  code === 0
    ? { passed: 1, failed: 0, notes: [] }
    : { passed: 0, failed: 1, notes: [`${what} found faults`] };
