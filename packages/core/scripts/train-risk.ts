/** Trains the risk gate's scorer and writes its weights: `pnpm --filter @humans2ai/core risk:train`. */

import { writeFileSync } from "node:fs";
import { deflateSync } from "node:zlib";
import { origin, samplesOf, weightsFile } from "./risk-data.ts";
import { train } from "./risk-training.ts";

function pack(bias: number[], table: ArrayLike<number>) {
  let widest = 0;
  for (let i = 0; i < table.length; i++) widest = Math.max(widest, Math.abs(table[i]!));
  const scale = widest / 127;
  const bytes = Int8Array.from({ length: table.length }, (_, i) => Math.round(table[i]! / scale));
  return {
    bias: bias.map((b) => Number(b.toFixed(5))),
    scale: Number(scale.toFixed(8)),
    table: deflateSync(bytes, { level: 9 }).toString("base64"),
  };
}

const samples = samplesOf("train");
const { harm, kind } = train(samples);
const packed = {
  origin: origin(),
  harm: pack([harm.bias], harm.table),
  kind: pack(kind.bias, kind.table),
};
writeFileSync(weightsFile, `export const packed = ${JSON.stringify(packed)};\n`);
console.log(
  `${samples.length} texts; ${packed.harm.table.length} and ${packed.kind.table.length} characters of weights`,
);
