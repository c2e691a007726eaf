/**
 * What the gate catches of texts that it was not trained on: `tsx scripts/cross-validate-risk.ts`.
 * Every fold of the training set is judged with weights from the others; thresholds are chosen here.
 */

import { assess } from "../src/risk/assess.ts";
import { samplesOf } from "./risk-data.ts";
import { random, train } from "./risk-training.ts";

const FOLDS = 5;
const next = random(7);
const samples = samplesOf("train")
  .map((sample) => ({ sample, key: `${sample.label} ${sample.lang}`, order: next() }))
  .sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : a.order - b.order))
  .map(({ sample }, i) => ({ ...sample, fold: i % FOLDS }));

let micros = 0;
const judged = Array.from({ length: FOLDS }, (_, fold) => {
  const using = train(samples.filter((s) => s.fold !== fold));
  const own = samples.filter((s) => s.fold === fold);
  const start = performance.now();
  const found = own.map((s) => ({ ...s, ...assess(s.text, using) }));
  micros += (performance.now() - start) * 1000;
  return found;
}).flat();

type Judged = (typeof judged)[number];
const harmful = judged.filter((r) => r.label !== "benign");
const benign = judged.filter((r) => r.label === "benign");
const share = (rows: Judged[], on: (row: Judged) => boolean) =>
  `${((100 * rows.filter(on).length) / (rows.length || 1)).toFixed(1)} %`;
const line = (name: string, on: (row: Judged) => boolean) =>
  console.log(name.padEnd(28), "harmful", share(harmful, on), "· harmless", share(benign, on));

console.log(
  `${harmful.length} harmful, ${benign.length} harmless, ${FOLDS} folds, seen by no weights that judge them`,
);
console.log(`${(micros / judged.length).toFixed(0)} µs a text`);
line("caught, as it is set", (r) => r.verdict !== "clean");
line("blocked", (r) => r.verdict === "blocked");
line("by a rule", (r) => r.rule !== null);
for (const at of [0.5, 0.6, 0.7, 0.8, 0.85, 0.9, 0.92, 0.94, 0.95, 0.96])
  line(`a rule or score ≥ ${at}`, (r) => r.rule !== null || r.steers || r.score >= at);
for (const at of [0.99, 0.995, 0.998, 0.999]) line(`score ≥ ${at}`, (r) => r.score >= at);
for (const at of [0.25, 0.5, 0.7, 0.9])
  line(`a blocking rule, score ≥ ${at}`, (r) => r.rule?.level === "block" && r.score >= at);
for (const label of new Set(harmful.map((r) => r.label)))
  console.log(
    label.padEnd(28),
    share(
      harmful.filter((r) => r.label === label),
      (r) => r.verdict !== "clean",
    ),
  );
for (const lang of new Set(judged.map((r) => r.lang))) {
  const [bad, good] = [harmful, benign].map((rows) => rows.filter((r) => r.lang === lang));
  console.log(
    lang.padEnd(28),
    share(bad!, (r) => r.verdict !== "clean"),
    share(good!, (r) => r.verdict !== "clean"),
  );
}
