/** The official MCP conformance suite, against the product's own listener: what both revisions require of a server. */

import { readdir, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, describe, expect, test } from "vitest";
import { startApi } from "../api.ts";
import { bundleWithFixtures } from "./bundle.ts";
import { type Check, judge, required, scenariosIn, withCredential } from "./referee.ts";

const path = (relative: string) => fileURLToPath(new URL(relative, import.meta.url));
const bundle = await bundleWithFixtures();
const api = await startApi({ RATE_LIMIT_KEY: "100000" }, false, undefined, bundle);
const { body } = await api.call("create_api_key", { name: "conformance" }, { as: await api.agent() });
const { url, server } = await withCredential(api.port, body.result.key);
afterAll(async () => {
  server.close();
  await rm(bundle, { force: true });
});

/** Run by the suite beside what is required; these pass, and shall go on passing. */
const BEYOND = ["json-schema-2020-12", "http-header-validation"];
const isFault = ({ status }: Check) => status === "FAILURE" || status === "WARNING";
const REVISIONS = [
  { revision: "2026-07-28", scenarios: 37, beyond: BEYOND },
  { revision: "2025-11-25", scenarios: 30, beyond: BEYOND.slice(0, 1) },
];

for (const { revision, scenarios, beyond } of REVISIONS) {
  const baseline = path(`baseline-${revision}.yml`);
  const expected = scenariosIn(await readFile(baseline, "utf8"));
  const wanted = await required(revision);
  const { checks, said, code } = await judge(url, revision, baseline);
  describe(revision, () => {
    test("everything required was run, and the suite is content", () => {
      expect(wanted).toHaveLength(scenarios);
      expect(expected.filter((name) => !wanted.includes(name))).toEqual([]);
      expect(code, said.slice(-5000)).toBe(0);
    });
    test.each([...wanted, ...beyond].filter((name) => !expected.includes(name)))("%s", (name) => {
      const made = checks.get(name) ?? [];
      expect(made.filter(isFault)).toEqual([]);
      expect(made.filter(({ status }) => status === "SUCCESS")).not.toEqual([]);
    });
    test.each(expected)("%s falls short for want of a session, as it is known", (name) => {
      expect(checks.get(name)?.filter(isFault)).not.toEqual([]);
    });
  });
}

test("nothing of the suite's is in what is built for production", async () => {
  const pages = path("../../.next/server/");
  const built = (await readdir(pages, { recursive: true })).filter((name) => name.endsWith(".js"));
  const files = [path("../../dist/server.js"), ...built.map((name) => join(pages, name))];
  expect(files.length).toBeGreaterThan(20);
  let found = 0;
  for (const file of files) {
    const text = await readFile(file, "utf8");
    expect(/test_simple_text|test:\/\/static|A fixture of the conformance suite/.exec(text), file).toBeNull();
    if (text.includes("tools/call")) found++;
  }
  expect(found).toBeGreaterThan(0);
});
