/** Multinomial logistic regression by AdaGrad, deterministic: the same texts give the same weights. */

import { FEATURES, type Features, featuresOf } from "../src/risk/features.ts";
import { tokensOf } from "../src/risk/fold.ts";
import { hitsOf } from "../src/risk/lexicon.ts";
import { LABELS, type Label, type Weights } from "../src/risk/model.ts";

export interface Sample {
  label: Label;
  lang: string;
  text: string;
}

const EPOCHS = 14;
const RATE = 0.25;
const DECAY = 2e-5;

/** mulberry32 */
function random(seed: number) {
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

export function train(samples: Sample[]): Weights {
  const next = random(20_260_101);
  const rows = stretched(samples, next).map((s) => ({
    label: LABELS.indexOf(s.label),
    features: [...featuresOfText(s.text)],
  }));
  const K = LABELS.length;
  const w = new Float64Array(FEATURES * K);
  const bias = new Float64Array(K);
  const seen = new Float64Array(FEATURES * K).fill(1e-3);
  const scores = new Float64Array(K);
  for (let epoch = 0; epoch < EPOCHS; epoch++) {
    for (let i = rows.length - 1; i > 0; i--) {
      const j = Math.floor(next() * (i + 1));
      [rows[i], rows[j]] = [rows[j]!, rows[i]!];
    }
    for (const { label, features } of rows) {
      scores.set(bias);
      for (const [index, value] of features)
        for (let k = 0; k < K; k++) scores[k]! += w[index * K + k]! * value;
      const top = Math.max(...scores);
      let sum = 0;
      for (let k = 0; k < K; k++) sum += scores[k] = Math.exp(scores[k]! - top);
      for (let k = 0; k < K; k++) scores[k] = scores[k]! / sum - (k === label ? 1 : 0);
      for (let k = 0; k < K; k++) bias[k]! -= 0.01 * scores[k]!;
      for (const [index, value] of features) {
        for (let k = 0; k < K; k++) {
          const at = index * K + k;
          const gradient = scores[k]! * value + DECAY * w[at]!;
          seen[at]! += gradient * gradient;
          w[at]! -= (RATE * gradient) / Math.sqrt(seen[at]!);
        }
      }
    }
  }
  return { bias: [...bias], table: w };
}
