/** The labelled texts, and what the weights were made from. */

import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { Sample } from "./risk-training.ts";

const at = (path: string) => fileURLToPath(new URL(`../${path}`, import.meta.url));

export const samplesOf = (name: "train" | "eval"): Sample[] =>
  readFileSync(at(`risk-data/${name}.jsonl`), "utf8")
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line));

/** Changes with whatever the weights depend on. */
export function origin(): string {
  const lexicon = readdirSync(at("src/risk/lexicon")).map((name) => `src/risk/lexicon/${name}`);
  const files = [
    "risk-data/train.jsonl",
    "scripts/risk-training.ts",
    ...["features", "fold", "lexicon", "model"].map((name) => `src/risk/${name}.ts`),
    ...lexicon,
  ];
  const hash = createHash("sha256");
  for (const file of files.sort()) hash.update(readFileSync(at(file)));
  return hash.digest("hex").slice(0, 16);
}

export const weightsFile = at("src/risk/weights.generated.ts");
