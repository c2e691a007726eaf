/** docs/security-asvs.md says of every requirement of the standard how it stands, and names files that exist. */

import { readdirSync, readFileSync } from "node:fs";
import { basename } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

const root = fileURLToPath(new URL("../../../", import.meta.url));
const page = readFileSync(`${root}docs/security-asvs.md`, "utf8");

/** Level 1 and 2 of OWASP ASVS 5.0.0, section by section: `1.1` has the requirements 1 and 2, and so on. */
const STANDARD = `
1.1: 1 2
1.2: 1 2 3 4 5 6 7 8 9
1.3: 1 2 3 4 5 6 7 8 9 10 11
1.4: 1 2 3
1.5: 1 2
2.1: 1 2 3
2.2: 1 2 3
2.3: 1 2 3 4
2.4: 1
3.2: 1 2
3.3: 1 2 3 4
3.4: 1 2 3 4 5 6
3.5: 1 2 3 4 5
3.7: 1 2
4.1: 1 2 3
4.2: 1
4.3: 1 2
4.4: 1 2 3 4
5.1: 1
5.2: 1 2 3
5.3: 1 2
5.4: 1 2 3
6.1: 1 2 3
6.2: 1 2 3 4 5 6 7 8 9 10 11 12
6.3: 1 2 3 4
6.4: 1 2 3 4
6.5: 1 2 3 4 5
6.6: 1 2 3
6.8: 1 2 3 4
7.1: 1 2 3
7.2: 1 2 3 4
7.3: 1 2
7.4: 1 2 3 4 5
7.5: 1 2
7.6: 1 2
8.1: 1 2
8.2: 1 2 3
8.3: 1
8.4: 1
9.1: 1 2 3
9.2: 1 2 3 4
10.1: 1 2
10.2: 1 2
10.3: 1 2 3 4
10.4: 1 2 3 4 5 6 7 8 9 10 11
10.5: 1 2 3 4 5
10.6: 1 2
10.7: 1 2 3
11.1: 1 2
11.2: 1 2 3
11.3: 1 2 3
11.4: 1 2 3 4
11.5: 1
11.6: 1
12.1: 1 2 3
12.2: 1 2
12.3: 1 2 3 4
13.1: 1
13.2: 1 2 3 4 5
13.3: 1 2
13.4: 1 2 3 4 5
14.1: 1 2
14.2: 1 2 3 4
14.3: 1 2 3
15.1: 1 2 3
15.2: 1 2 3
15.3: 1 2 3 4 5 6 7
16.1: 1
16.2: 1 2 3 4 5
16.3: 1 2 3 4
16.4: 1 2 3
16.5: 1 2 3
17.1: 1
17.2: 1 2 3 4
17.3: 1 2`;
const standard = STANDARD.trim()
  .split("\n")
  .flatMap((line) => {
    const [section, list = ""] = line.split(": ");
    return list.split(" ").map((n) => `${section}.${n}`);
  });

const rows = [...page.matchAll(/^\| (\d+\.\d+\.\d+) \| ([12]) \|.*\| (yes|partly|no) \| (.*) \| (.*) \|$/gm)];
const elsewhere = page.slice(page.indexOf("## Does not apply")).match(/\d+\.\d+\.\d+/g) ?? [];

test("no requirement is missing, invented or named twice", () => {
  expect(standard).toHaveLength(253);
  const named = [...rows.map(([, id]) => id), ...elsewhere];
  expect([...named].sort()).toEqual([...standard].sort());
});

test("what is not met says why, and the summary counts right", () => {
  for (const [, id, , met, how] of rows) if (met !== "yes") expect(how?.length, id).toBeGreaterThan(5);
  const count = (word: string) => rows.filter(([, , , met]) => met === word).length;
  const summary = `Of ${rows.length} that apply, ${count("yes")} are met, ${count("partly")} partly, ${count("no")} not.`;
  expect(page).toContain(summary);
});

const SKIPPED = new Set(["node_modules", "dist", ".next", ".next-dev", ".git", ".data", "test-results"]);
function files(folder: string): string[] {
  return readdirSync(root + folder, { withFileTypes: true }).flatMap((entry) => {
    const path = `${folder}${entry.name}`;
    if (entry.isDirectory()) return SKIPPED.has(entry.name) ? [] : files(`${path}/`);
    return [path];
  });
}

test("each file that it names exists", () => {
  const there = files("");
  const known = new Set([...there, ...there.map((path) => basename(path))]);
  const named = [...page.matchAll(/`([\w./-]+\.(?:tsx?|mjs|md|yaml|sql))`/g)].map(([, name]) => name!);
  expect(named.length).toBeGreaterThan(150);
  expect([...new Set(named)].filter((name) => !known.has(name))).toEqual([]);
});
