/** Two logistic regressions, over hashed features and over runs of letters, trained on the committed texts. */

import { inflateSync } from "node:zlib";
import { type RunWeights, runOdds } from "../runs.ts";
import type { Features } from "./features.ts";
import { bias, runs, signs, trust } from "./weights.generated.ts";

export interface SignWeights {
  bias: number;
  table: ArrayLike<number>;
}

/** The weights of both. */
export interface Detector {
  signs: SignWeights;
  runs: RunWeights;
}

export interface Scored {
  features: Features;
  runs: Int32Array;
}

/** What each counts: they err on other texts. Set by test/untrusted/crossed.ts. */
const [SIGNS_COUNT, RUNS_COUNT] = [0.65, 0.5];

const unpacked = ({ scale, base64 }: { scale: number; base64: string }) =>
  Float32Array.from(new Int8Array(inflateSync(Buffer.from(base64, "base64"))), (step) => step * scale);

const detector: Detector = {
  signs: { bias: bias.signs, table: unpacked(signs) },
  runs: { bias: bias.runs, trust: unpacked(trust), table: unpacked(runs) },
};

/** The logarithm of the odds that a text like this speaks to a model, by these weights. */
export function oddsBy(weights: Detector, { features, runs }: Scored): number {
  let sum = weights.signs.bias;
  for (const [bucket, value] of features) sum += value * (weights.signs.table[bucket] ?? 0);
  return SIGNS_COUNT * sum + RUNS_COUNT * runOdds(weights.runs, runs);
}

export const odds = (text: Scored): number => oddsBy(detector, text);
