/** The weights of runs of letters: each is trusted as far as naive Bayes sets it apart, then regression weighs it. */

import { lengthOf, RUN_BUCKETS, type RunWeights } from "../src/runs.ts";
import { regress } from "./regression.ts";

export interface RunSample {
  runs: Int32Array;
  isBad: boolean;
  /** Against the other samples. */
  worth: number;
}

/** Chosen by cross-validation. */
const PRIOR = 0.3;
const TERMS = { decay: 3e-5, steps: 80 };
/** What a single text has teaches nothing about others. */
const LEAST_TEXTS = 2;

function bayes(samples: RunSample[]): Float64Array {
  const [bad, good] = [new Float64Array(RUN_BUCKETS).fill(PRIOR), new Float64Array(RUN_BUCKETS).fill(PRIOR)];
  const texts = new Int32Array(RUN_BUCKETS);
  for (const { runs, isBad, worth } of samples)
    for (const run of runs) {
      (isBad ? bad : good)[run]! += worth;
      texts[run]! += 1;
    }
  const sum = (list: Float64Array) => list.reduce((total, x) => total + x, 0);
  const whole = Math.log(sum(bad) / sum(good));
  return bad.map((count, run) => (texts[run]! < LEAST_TEXTS ? 0 : Math.log(count / good[run]!) - whole));
}

export function trainRuns(samples: RunSample[]): RunWeights {
  const trust = bayes(samples);
  const total = samples.reduce((sum, { worth }) => sum + worth, 0);
  const rows = samples.map(({ runs, isBad, worth }) => {
    const at = runs.filter((run) => trust[run] !== 0);
    const length = lengthOf(trust, at);
    return { at, value: Float64Array.from(at, (run) => trust[run]! / length), isBad, worth: worth / total };
  });
  const weights = regress(rows, { size: RUN_BUCKETS, ...TERMS });
  return { bias: weights[RUN_BUCKETS]!, trust, table: weights.subarray(0, RUN_BUCKETS) };
}
