import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { playwrightResult, tapResult, vitestResult } from "../lib/results.mjs";
import { temporaryFolder } from "./helpers.mjs";

/** @param {import("node:test").TestContext} t @param {unknown} content */
function report(t, content) {
  const file = join(temporaryFolder(t), "report");
  writeFileSync(file, typeof content === "string" ? content : JSON.stringify(content));
  return file;
}

/** @param {string[]} statuses */
const file = (...statuses) => ({
  name: "a.test.ts",
  status: statuses.includes("failed") ? "failed" : "passed",
  assertionResults: statuses.map((status) => ({ status })),
});

test("vitest: passed and failed are counted, skipped ones count as failed", (t) => {
  const testResults = [file("passed", "passed"), file("failed", "skipped")];
  const result = vitestResult("vitest", report(t, { testResults }), 1);
  assert.deepEqual([result.passed, result.failed], [2, 2]);
});

test("vitest: a file that does not load is a failure", (t) => {
  const broken = { name: "b.test.ts", status: "failed", assertionResults: [] };
  const result = vitestResult("vitest", report(t, { testResults: [file("passed"), broken] }), 1);
  assert.deepEqual([result.passed, result.failed], [1, 1]);
});

test("a suite without a report, without a test, or with a bad end after good tests has failed", (t) => {
  assert.equal(vitestResult("vitest", "/nowhere", 0).failed, 1);
  assert.equal(vitestResult("vitest", report(t, { testResults: [] }), 0).failed, 1);
  assert.deepEqual(vitestResult("vitest", report(t, { testResults: [file("passed")] }), 1).failed, 1);
});

test("playwright: global errors and skipped stories fail, flaky ones are named", (t) => {
  const stats = { expected: 3, unexpected: 1, flaky: 1, skipped: 1 };
  const result = playwrightResult("playwright", report(t, { stats, errors: [{}] }), 1);
  assert.deepEqual([result.passed, result.failed], [4, 3]);
  assert.match(result.notes.join(), /1 passed only when tried again/);
});

test("node's own runner is read from its summary", (t) => {
  const tap = "ok 1 - x\n# tests 4\n# pass 2\n# fail 1\n# cancelled 0\n# skipped 1\n# todo 0\n";
  const result = tapResult("node", report(t, tap), 1);
  assert.deepEqual([result.passed, result.failed], [2, 2]);
});
