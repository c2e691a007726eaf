/** Logistic regression by AdaGrad, deterministic: the same texts give the same weights. */

import { COARSE_FEATURES, coarse, FEATURES, type Features, featuresOf } from "../src/risk/features.ts";
import { tokensOf } from "../src/risk/fold.ts";
import { hitsOf } from "../src/risk/lexicon.ts";
import { type Category, KINDS, type Label, type Weights } from "../src/risk/model.ts";

export interface Sample {
  label: Label;
  lang: string;
  text: string;
}

/** Chosen by scripts/cross-validate-risk.ts. */
const EPOCHS = 8;
const RATE = 0.1;
const DECAY = 1e-5;

/** mulberry32 */
export function random(seed: number) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

export const featuresOfText = (text: string): Features => {
  const tokens = tokensOf(text);
  return featuresOf(tokens, hitsOf(tokens));
};

/** The samples, and each once more beside a harmless text of its language: real tasks are longer than one line. */
function stretched(samples: Sample[], next: () => number): Sample[] {
  const benign = samples.filter((s) => s.label === "benign");
  const longer = samples.flatMap((sample) => {
    const others = benign.filter((s) => s.lang === sample.lang);
    const other = others[Math.floor(next() * others.length)];
    if (!other) return [];
    const text = next() < 0.5 ? `${other.text} ${sample.text}` : `${sample.text} ${other.text}`;
    return [{ ...sample, text }];
  });
  return [...samples, ...longer];
}

interface Row {
  label: number;
  features: [number, number][];
}

interface Fitted {
  bias: number[];
  /** `size` rows of one weight per label. */
  table: Float64Array;
}

/** Softmax regression over K labels. */
function regress(given: Row[], K: number, size: number, next: () => number): Fitted {
  const rows = [...given];
  const table = new Float64Array(size * K);
  const bias = new Float64Array(K);
  const seen = new Float64Array(size * K).fill(1e-3);
  const scores = new Float64Array(K);
  for (let epoch = 0; epoch < EPOCHS; epoch++) {
    for (let i = rows.length - 1; i > 0; i--) {
      const j = Math.floor(next() * (i + 1));
      [rows[i], rows[j]] = [rows[j]!, rows[i]!];
    }
    for (const { label, features } of rows) {
      scores.set(bias);
      for (const [index, value] of features)
        for (let k = 0; k < K; k++) scores[k]! += table[index * K + k]! * value;
      const top = Math.max(...scores);
      let sum = 0;
      for (let k = 0; k < K; k++) sum += scores[k] = Math.exp(scores[k]! - top);
      for (let k = 0; k < K; k++) scores[k] = scores[k]! / sum - (k === label ? 1 : 0);
      for (let k = 0; k < K; k++) bias[k]! -= 0.01 * scores[k]!;
      for (const [index, value] of features) {
        for (let k = 0; k < K; k++) {
          const at = index * K + k;
          const gradient = scores[k]! * value + DECAY * table[at]!;
          seen[at]! += gradient * gradient;
          table[at]! -= (RATE * gradient) / Math.sqrt(seen[at]!);
        }
      }
    }
  }
  return { bias: [...bias], table };
}

export function train(samples: Sample[]): Weights {
  const next = random(20_260_101);
  const rows = stretched(samples, next).map((s) => ({
    kind: KINDS.indexOf(s.label as Category),
    features: [...featuresOfText(s.text)],
  }));
  const harm = regress(
    rows.map(({ kind, features }) => ({ label: kind < 0 ? 0 : 1, features })),
    2,
    FEATURES,
    next,
  );
  const kind = regress(
    rows
      .filter((row) => row.kind >= 0)
      .map((row) => ({
        label: row.kind,
        features: row.features.map(([index, value]) => [coarse(index), value]),
      })),
    KINDS.length,
    COARSE_FEATURES,
    next,
  );
  return {
    harm: {
      bias: harm.bias[1]! - harm.bias[0]!,
      table: Float64Array.from({ length: FEATURES }, (_, i) => harm.table[2 * i + 1]! - harm.table[2 * i]!),
    },
    kind,
  };
}
