/** Every text judged by weights that never saw it: `pnpm --filter @humans2ai/core untrusted:cross`. */

import { pathToFileURL } from "node:url";
import { isSure } from "../../src/untrusted/detect.ts";
import { oddsBy } from "../../src/untrusted/score.ts";
import { type Sample, samples, train } from "./train.ts";

const FOLDS = 5;

export interface Judged extends Sample {
  /** By the weights of the other folds. */
  odds: number;
}

/** The learned texts, out of fold. */
export function crossed(all: Sample[] = samples(["tuned", "learned"])): Judged[] {
  return Array.from({ length: FOLDS }, (_, fold) => {
    const isIn = (_: Sample, i: number) => i % FOLDS === fold;
    const weights = train(all.filter((one, i) => !isIn(one, i)));
    return all.filter(isIn).map((one) => ({ ...one, odds: oddsBy(weights, one.sight) }));
  })
    .flat()
    .filter(({ part }) => part === "learned");
}

/** As the detector decides, but that long texts are not judged in pieces too. */
const isMarked = ({ sight, odds }: Judged) =>
  isSure(sight.weight, odds) || [...sight.marks].some((mark) => mark !== "tool_call");

function print() {
  const all = crossed();
  const line = (name: string, is: (one: Judged) => boolean, among = all) => {
    const share = (label: boolean) => {
      const list = among.filter(({ isAttack }) => isAttack === label);
      const found = list.filter(is).length;
      return `${found} of ${list.length} (${((100 * found) / list.length).toFixed(1)} %)`;
    };
    console.log(name.padEnd(20), "attacks", share(true), "benign", share(false));
  };
  for (const mark of new Set(all.flatMap(({ sight }) => [...sight.marks])))
    line(`mark ${mark}`, ({ sight }) => sight.marks.has(mark));
  for (const weight of [0.6, 0.9, 1.2, 1.5, 2])
    line(`rules ${weight}`, ({ sight }) => sight.weight >= weight);
  for (let odds = 0; odds <= 2; odds += 0.2) line(`scorer ${odds.toFixed(1)}`, (one) => one.odds >= odds);
  for (const english of [true, false]) {
    const some = all.filter(({ lang }) => (lang === "en") === english);
    line(english ? "detector, English" : "detector, others", isMarked, some);
  }
  line("detector", isMarked);
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) print();
