/** A logistic regression over hashed features, trained on the committed texts. */

import { inflateSync } from "node:zlib";
import type { Features } from "./features.ts";
import { weights as packed } from "./weights.generated.ts";

const { scale, bias, base64 } = packed;
const bytes = inflateSync(Buffer.from(base64, "base64"));
const weights = new Int8Array(bytes.buffer, bytes.byteOffset, bytes.length);

/** The logarithm of the odds that a text with these features speaks to a model. */
export function odds(features: Features): number {
  let sum = 0;
  for (const [bucket, value] of features) sum += value * (weights[bucket] ?? 0);
  return bias + sum * scale;
}
