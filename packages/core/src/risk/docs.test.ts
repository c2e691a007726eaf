import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { origin, samplesOf } from "../../scripts/risk-data.ts";
import { assess } from "./assess.ts";
import { LABELS } from "./model.ts";
import { packed } from "./weights.generated.ts";

const judged = samplesOf("eval").map((s) => ({ ...s, ...assess(s.text) }));
type Judged = (typeof judged)[number];
const percent = (part: number, whole: number) => (whole ? `${((100 * part) / whole).toFixed(1)} %` : "–");
const caught = (rows: Judged[]) => rows.filter((r) => r.verdict !== "clean");
const harmful = judged.filter((r) => r.label !== "benign");
const benign = judged.filter((r) => r.label === "benign");

function tables(): string {
  const categories = LABELS.slice(1).map((label) => {
    const own = harmful.filter((r) => r.label === label);
    const named = caught(judged).filter((r) => r.category === label);
    const right = named.filter((r) => r.label === label).length;
    const blocked = own.filter((r) => r.verdict === "blocked").length;
    return `| ${label} | ${own.length} | ${percent(caught(own).length, own.length)} | ${percent(right, named.length)} | ${blocked} |`;
  });
  const languages = [...new Set(judged.map((r) => r.lang))].map((lang) => {
    const [bad, good] = [harmful, benign].map((rows) => rows.filter((r) => r.lang === lang));
    return `| ${lang} | ${percent(caught(bad!).length, bad!.length)} of ${bad!.length} | ${percent(caught(good!).length, good!.length)} of ${good!.length} |`;
  });
  return [
    "| Category | Texts | Recall (caught) | Precision (of those so named) | Blocked |",
    "|---|---|---|---|---|",
    ...categories,
    "",
    "| Language | Harmful caught | Harmless stopped |",
    "|---|---|---|",
    ...languages,
    `| all | ${percent(caught(harmful).length, harmful.length)} of ${harmful.length} | ${percent(caught(benign).length, benign.length)} of ${benign.length} |`,
  ].join("\n");
}

test("docs/risk-gate.md tells what is measured (make it so with -u)", async () => {
  const file = fileURLToPath(new URL("../../../../docs/risk-gate.md", import.meta.url));
  const page = readFileSync(file, "utf8");
  const made = page.replace(/(<!-- measured: .*-->\n)[\s\S]*(<!-- \/measured -->)/, `$1\n${tables()}\n\n$2`);
  await expect(made).toMatchFileSnapshot(file);
});

test("the weights are those of the training set, which shares no text with the evaluation set", () => {
  expect(packed.origin, "run pnpm --filter @humans2ai/core risk:train").toBe(origin());
  const trained = new Set(samplesOf("train").map((s) => s.text));
  expect(judged.filter((s) => trained.has(s.text))).toEqual([]);
});

test("the sets are large and varied, and the gate is no worse than it was", () => {
  expect(samplesOf("train").length).toBeGreaterThan(3100);
  expect(judged.length).toBeGreaterThanOrEqual(300);
  expect(new Set(judged.map((s) => s.lang)).size).toBeGreaterThanOrEqual(5);
  expect(caught(harmful).length / harmful.length).toBeGreaterThan(0.75);
  expect(caught(benign).length / benign.length).toBeLessThan(0.03);
  expect(benign.filter((r) => r.verdict === "blocked")).toEqual([]);
});
