/**
 * The labelled texts: `tuned` ones made the rules, `learned` ones, by several independent authors, the weights with them;
 * `unseen` ones only ever measured both.
 */

import { readFileSync } from "node:fs";

export interface Text {
  lang: string;
  text: string;
  /** Of an attack: what it tries. */
  kind?: string;
}
export type Part = "tuned" | "learned" | "unseen";

export const texts = (label: "attacks" | "benign", part: Part): Text[] =>
  readFileSync(new URL(`${label}.${part}.jsonl`, import.meta.url), "utf8")
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line));
