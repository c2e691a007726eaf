/** A logistic regression over hashed features, trained on the committed texts: the rules' second opinion. */

import { weights as packed } from "./weights.generated.ts";

const { scale, bias, base64 } = packed;
const bytes = Buffer.from(base64, "base64");
const weights = new Int8Array(bytes.buffer, bytes.byteOffset, bytes.length);

/** How likely a text with these features speaks to a model: 0 to 1. */
export function likelihood(features: Map<number, number>): number {
  let sum = bias;
  for (const [bucket, value] of features) sum += value * (weights[bucket] ?? 0) * scale;
  return 1 / (1 + Math.exp(-sum));
}
