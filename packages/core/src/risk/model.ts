/** The local scorer: how likely a text belongs to each category. Its weights come from scripts/train-risk.ts. */

import type { Features } from "./features.ts";

export const LABELS = [
  "benign",
  "illegal_goods",
  "violence_weapons",
  "sexual_services",
  "account_fraud",
  "fake_reviews",
  "identity_misuse",
  "harassment",
  "doxxing",
  "verification_evasion",
  "money_mule",
] as const;
export type Label = (typeof LABELS)[number];
export type Category = Exclude<Label, "benign">;

export interface Weights {
  bias: number[];
  /** FEATURES rows of one weight per label. */
  table: ArrayLike<number>;
}

/** The probability of each label, in the order of LABELS. */
export function probabilities(weights: Weights, features: Features): number[] {
  const K = LABELS.length;
  const scores = [...weights.bias];
  for (const [index, value] of features) {
    for (let k = 0; k < K; k++) scores[k]! += weights.table[index * K + k]! * value;
  }
  const top = Math.max(...scores);
  const parts = scores.map((score) => Math.exp(score - top));
  const sum = parts.reduce((a, b) => a + b);
  return parts.map((part) => part / sum);
}
