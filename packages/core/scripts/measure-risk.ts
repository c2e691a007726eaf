/** Totals of the gate on a labelled file, never its texts: `tsx scripts/measure-risk.ts <file.jsonl>`. */

import { readFileSync } from "node:fs";
import { assess } from "../src/risk/assess.ts";
import { samplesOf } from "./risk-data.ts";

interface Row {
  label: string;
  lang: string;
  text?: string;
  title?: string;
  description?: string;
}

const [file] = process.argv.slice(2);
const rows: Row[] = file
  ? readFileSync(file, "utf8")
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line))
  : samplesOf("eval");
/** As the gate joins a task's fields: the names of the fields must not count. */
const textOf = ({ text, title, description }: Row) =>
  text?.replace(/^Title:\s*(.*?)[.\s]*\bDescription\b:?\s*/s, "$1\n") ??
  `${title ?? ""}\n${description ?? ""}`;
const judged = rows.map((row) => ({ ...row, ...assess(textOf(row)) }));
const share = (part: number, whole: number) =>
  `${part}/${whole} ${((100 * part) / (whole || 1)).toFixed(1)} %`;
function line(name: string, of: typeof judged) {
  const caught = of.filter((r) => r.verdict !== "clean").length;
  const blocked = of.filter((r) => r.verdict === "blocked").length;
  console.log(name.padEnd(24), "caught", share(caught, of.length), "· blocked", blocked);
}
const harmful = judged.filter((r) => r.label !== "benign");
line("harmful", harmful);
line(
  "benign",
  judged.filter((r) => r.label === "benign"),
);
for (const label of new Set(harmful.map((r) => r.label)))
  line(
    `  ${label}`,
    harmful.filter((r) => r.label === label),
  );
for (const lang of new Set(judged.map((r) => r.lang))) {
  line(
    `  ${lang} harmful`,
    harmful.filter((r) => r.lang === lang),
  );
  line(
    `  ${lang} benign`,
    judged.filter((r) => r.lang === lang && r.label === "benign"),
  );
}
const cut = (floor: number, of: typeof judged) => of.filter((r) => r.score >= floor).length;
for (const floor of [0.5, 0.6, 0.7, 0.8, 0.85, 0.9, 0.95]) {
  const benign = judged.filter((r) => r.label === "benign");
  console.log(
    `score ≥ ${floor}: harmful ${share(cut(floor, harmful), harmful.length)}, benign ${share(cut(floor, benign), benign.length)}`,
  );
}
const byRule = judged.filter((r) => r.rule !== null);
console.log(
  "by rule: harmful",
  byRule.filter((r) => r.label !== "benign").length,
  "benign",
  byRule.filter((r) => r.label === "benign").length,
);
