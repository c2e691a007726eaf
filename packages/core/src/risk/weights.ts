/** The scorer's weights, unpacked once: a signed byte each, in steps of `scale`. */

import { inflateSync } from "node:zlib";
import type { Weights } from "./model.ts";
import { packed } from "./weights.generated.ts";

const unpack = ({ scale, table }: { scale: number; table: string }) =>
  Float32Array.from(new Int8Array(inflateSync(Buffer.from(table, "base64"))), (step) => step * scale);

let unpacked: Weights | undefined;

export function weights(): Weights {
  const { harm, kind } = packed;
  unpacked ??= {
    harm: { bias: harm.bias[0] ?? 0, table: unpack(harm) },
    kind: { bias: kind.bias, table: unpack(kind) },
  };
  return unpacked;
}
