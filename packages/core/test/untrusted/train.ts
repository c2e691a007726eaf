/** Trains the scorer: `pnpm docs:write` writes its weights anew, and a test checks that they are these texts' own. */

import { deflateSync } from "node:zlib";
import { type Row, regress } from "../../scripts/regression.ts";
import { trainRuns } from "../../scripts/run-training.ts";
import { BUCKETS } from "../../src/untrusted/features.ts";
import { judged } from "../../src/untrusted/fold.ts";
import type { Detector } from "../../src/untrusted/score.ts";
import { type Sight, sightOf } from "../../src/untrusted/sight.ts";
import { type Part, type Text, texts } from "./texts.ts";

export interface Sample extends Text {
  sight: Sight;
  isAttack: boolean;
  part: Part;
}

const TERMS = { size: BUCKETS, decay: 1e-4, steps: 80 };
/** The rules were made from the tuned texts, so what the rules say of those teaches little. */
const WORTH: Partial<Record<Part, number>> = { tuned: 0.5 };

export const samples = (parts: Part[]): Sample[] =>
  parts.flatMap((part) =>
    (["attacks", "benign"] as const).flatMap((label) =>
      texts(label, part).map((one) => ({
        ...one,
        part,
        isAttack: label === "attacks",
        sight: sightOf(judged(one.text)),
      })),
    ),
  );

function rowsOf(from: Sample[]): Row[] {
  const total = from.reduce((sum, { part }) => sum + (WORTH[part] ?? 1), 0);
  return from.map(({ sight: { features }, isAttack, part }) => ({
    at: Int32Array.from(features.keys()),
    value: Float64Array.from(features.values()),
    isBad: isAttack,
    worth: (WORTH[part] ?? 1) / total,
  }));
}

export function train(from: Sample[]): Detector {
  const weights = regress(rowsOf(from), TERMS);
  const runs = trainRuns(
    from.map(({ sight, isAttack, part }) => ({
      runs: sight.runs,
      isBad: isAttack,
      worth: WORTH[part] ?? 1,
    })),
  );
  return { signs: { bias: weights[BUCKETS]!, table: weights.subarray(0, BUCKETS) }, runs };
}

/** One byte for each weight. */
function packed(name: string, table: ArrayLike<number>): string {
  const list = Float64Array.from(table);
  const scale = list.reduce((most, w) => Math.max(most, Math.abs(w)), 0) / 127;
  const bytes = Int8Array.from(list, (w) => Math.round(w / scale));
  const base64 = deflateSync(bytes, { level: 9 }).toString("base64");
  return `export const ${name} = {\n  scale: ${scale.toFixed(8)},\n  base64:\n    "${base64}",\n};\n`;
}

export function weightsFile(from: Sample[]): string {
  const { signs, runs } = train(from);
  const bias = `{ signs: ${signs.bias.toFixed(4)}, runs: ${runs.bias.toFixed(4)} }`;
  const tables = packed("signs", signs.table) + packed("runs", runs.table) + packed("trust", runs.trust);
  return `// Made by test/untrusted/train.ts from the committed texts; do not edit.\nexport const bias = ${bias};\n${tables}`;
}
