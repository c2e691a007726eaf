/** Trains the scorer: `pnpm docs:write` writes its weights anew, and a test checks that they are these texts' own. */

import { deflateSync } from "node:zlib";
import { BUCKETS, type Features } from "../../src/untrusted/features.ts";
import { judged } from "../../src/untrusted/fold.ts";
import { type Sight, sightOf } from "../../src/untrusted/sight.ts";
import { type Part, type Text, texts } from "./texts.ts";

export interface Sample extends Text {
  sight: Sight;
  isAttack: boolean;
  part: Part;
}

/** L2, and the steps of Nesterov's descent. */
const DECAY = 1e-4;
const STEPS = 80;
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

interface Row {
  at: Int32Array;
  value: Float64Array;
  isAttack: number;
  worth: number;
}

function rowsOf(from: Sample[]): Row[] {
  const total = from.reduce((sum, { part }) => sum + (WORTH[part] ?? 1), 0);
  return from.map(({ sight: { features }, isAttack, part }) => ({
    at: Int32Array.from(features.keys()),
    value: Float64Array.from(features.values()),
    isAttack: Number(isAttack),
    worth: (WORTH[part] ?? 1) / total,
  }));
}

function odds(weights: Float64Array, { at, value }: Pick<Row, "at" | "value">): number {
  let sum = weights[BUCKETS]!;
  for (let i = 0; i < at.length; i++) sum += weights[at[i]!]! * value[i]!;
  return sum;
}

function slope(rows: Row[], weights: Float64Array): Float64Array {
  const into = new Float64Array(BUCKETS + 1);
  for (const row of rows) {
    const error = (1 / (1 + Math.exp(-odds(weights, row))) - row.isAttack) * row.worth;
    for (let i = 0; i < row.at.length; i++) into[row.at[i]!]! += error * row.value[i]!;
    into[BUCKETS]! += error;
  }
  return into;
}

/** Logistic regression from a fixed start in a fixed order; the last weight is the bias. */
export function train(from: Sample[]): Float64Array {
  const rows = rowsOf(from);
  const norm = rows.reduce((sum, { value, worth }) => sum + worth * value.reduce((s, x) => s + x * x, 1), 0);
  const size = 4 / (0.25 * norm + DECAY);
  const [weights, ahead] = [new Float64Array(BUCKETS + 1), new Float64Array(BUCKETS + 1)];
  for (let step = 0, t = 1; step < STEPS; step++) {
    const down = slope(rows, ahead);
    const next = (1 + Math.sqrt(1 + 4 * t * t)) / 2;
    for (let i = 0; i <= BUCKETS; i++) {
      const pull = i < BUCKETS ? DECAY * ahead[i]! : 0;
      const moved = ahead[i]! - size * (down[i]! + pull);
      ahead[i] = moved + ((t - 1) / next) * (moved - weights[i]!);
      weights[i] = moved;
    }
    t = next;
  }
  return weights;
}

export const oddsOf = (weights: Float64Array, features: Features): number =>
  odds(weights, {
    at: Int32Array.from(features.keys()),
    value: Float64Array.from(features.values()),
  });

/** One byte for each weight. */
export function weightsFile(from: Sample[]): string {
  const weights = train(from);
  const table = weights.subarray(0, BUCKETS);
  const scale = table.reduce((most, w) => Math.max(most, Math.abs(w)), 0) / 127;
  const bytes = Int8Array.from(table, (w) => Math.round(w / scale));
  const base64 = deflateSync(bytes, { level: 9 }).toString("base64");
  return `// Made by test/untrusted/train.ts from the committed texts; do not edit.\nexport const weights = {\n  scale: ${scale.toFixed(8)},\n  bias: ${weights[BUCKETS]!.toFixed(4)},\n  base64:\n    "${base64}",\n};\n`;
}
