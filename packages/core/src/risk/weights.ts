/** The scorer's weights, unpacked once: a signed byte each, in steps of `scale`. */

import { inflateSync } from "node:zlib";
import type { Weights } from "./model.ts";
import { packed } from "./weights.generated.ts";

let unpacked: Weights | undefined;

export function weights(): Weights {
  if (unpacked) return unpacked;
  const bytes = new Int8Array(inflateSync(Buffer.from(packed.table, "base64")));
  unpacked = { bias: packed.bias, table: Float32Array.from(bytes, (step) => step * packed.scale) };
  return unpacked;
}
