/** The local scorer: how likely a text is harmful, and of which category it then is. scripts/train-risk.ts makes its weights. */

import { coarse, type Features } from "./features.ts";

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
  /** One weight per feature: whether the text is harmful. */
  harm: { bias: number; table: ArrayLike<number> };
  /** Coarse features, one weight per category each: what it is, if it is harmful. */
  kind: { bias: number[]; table: ArrayLike<number> };
}

export const KINDS = LABELS.slice(1) as Category[];

/** 0..1 */
export function harmOf({ harm }: Weights, features: Features): number {
  let score = harm.bias;
  for (const [index, value] of features) score += harm.table[index]! * value;
  return 1 / (1 + Math.exp(-score));
}

/** The category that fits a harmful text best. */
export function kindOf({ kind }: Weights, features: Features): Category {
  const scores = [...kind.bias];
  for (const [index, value] of features) {
    const row = coarse(index) * KINDS.length;
    for (let k = 0; k < scores.length; k++) scores[k]! += kind.table[row + k]! * value;
  }
  return KINDS[scores.indexOf(Math.max(...scores))]!;
}
