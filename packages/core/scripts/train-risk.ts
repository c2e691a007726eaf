/** Trains the risk gate's scorer and writes its weights: `pnpm --filter @humans2ai/core risk:train`. */

import { writeFileSync } from "node:fs";
import { deflateSync } from "node:zlib";
import { origin, samplesOf, weightsFile } from "./risk-data.ts";
import { train } from "./risk-training.ts";

const samples = samplesOf("train");
const { bias, table } = train(samples);
let widest = 0;
for (let i = 0; i < table.length; i++) widest = Math.max(widest, Math.abs(table[i]!));
const scale = widest / 127;
const bytes = Int8Array.from({ length: table.length }, (_, i) => Math.round(table[i]! / scale));
const packed = {
  origin: origin(),
  bias: bias.map((b) => Number(b.toFixed(5))),
  scale: Number(scale.toFixed(8)),
  table: deflateSync(bytes, { level: 9 }).toString("base64"),
};
writeFileSync(weightsFile, `export const packed = ${JSON.stringify(packed)};\n`);
console.log(
  `${samples.length} texts, ${packed.table.length} characters of weights, widest ${widest.toFixed(2)}`,
);
