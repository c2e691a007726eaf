/** Trains the scorer: `pnpm docs:write` writes its weights anew, and a test checks that they are these texts' own. */

import { BUCKETS } from "../../src/untrusted/features.ts";

export interface Sample {
  features: Map<number, number>;
  isAttack: boolean;
}

const EPOCHS = 30;
const RATE = 0.3;
const DECAY = 0.001;

/** Plain gradient descent in a fixed order: the same texts give the same weights on every machine. */
export function train(samples: Sample[]) {
  const weights = new Float64Array(BUCKETS);
  let bias = 0;
  for (let epoch = 0; epoch < EPOCHS; epoch++) {
    for (let i = 0; i < samples.length; i++) {
      const { features, isAttack } = samples[(i * 7919 + epoch * 31) % samples.length]!;
      let sum = bias;
      for (const [at, value] of features) sum += weights[at]! * value;
      const step = (1 / (1 + Math.exp(-sum)) - (isAttack ? 1 : 0)) * (RATE / (1 + epoch / 10));
      bias -= step / 10;
      for (const [at, value] of features) weights[at] = weights[at]! * (1 - DECAY) - step * value;
    }
  }
  return packed(weights, bias);
}

/** One byte for each weight. */
function packed(weights: Float64Array, bias: number) {
  const scale = Math.max(...weights.map(Math.abs)) / 127;
  const bytes = Int8Array.from(weights, (w) => Math.round(w / scale));
  return {
    scale: Number(scale.toFixed(6)),
    bias: Number(bias.toFixed(4)),
    base64: Buffer.from(bytes).toString("base64"),
  };
}

export const weightsFile = (samples: Sample[]): string => {
  const { scale, bias, base64 } = train(samples);
  return `// Made by test/untrusted/train.ts from the tuned texts; do not edit.\nexport const weights = {\n  scale: ${scale},\n  bias: ${bias},\n  base64:\n    "${base64}",\n};\n`;
};
