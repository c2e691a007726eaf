/** Logistic regression from a fixed start in a fixed order: the same rows give the same weights. */

export interface Row {
  at: Int32Array;
  value: Float64Array;
  isBad: boolean;
  /** All together 1. */
  worth: number;
}

export interface Terms {
  /** How many weights there are. */
  size: number;
  /** L2. */
  decay: number;
  /** Of Nesterov's descent. */
  steps: number;
}

export function oddsOf(weights: Float64Array, { at, value }: Pick<Row, "at" | "value">): number {
  let sum = weights[weights.length - 1]!;
  for (let i = 0; i < at.length; i++) sum += weights[at[i]!]! * value[i]!;
  return sum;
}

function slope(rows: Row[], weights: Float64Array): Float64Array {
  const bias = weights.length - 1;
  const into = new Float64Array(weights.length);
  for (const row of rows) {
    const error = (1 / (1 + Math.exp(-oddsOf(weights, row))) - Number(row.isBad)) * row.worth;
    for (let i = 0; i < row.at.length; i++) into[row.at[i]!]! += error * row.value[i]!;
    into[bias]! += error;
  }
  return into;
}

/** The last weight is the bias. */
export function regress(rows: Row[], { size, decay, steps }: Terms): Float64Array {
  const norm = rows.reduce((sum, { value, worth }) => sum + worth * value.reduce((s, x) => s + x * x, 1), 0);
  const pace = 4 / (0.25 * norm + decay);
  const [weights, ahead] = [new Float64Array(size + 1), new Float64Array(size + 1)];
  for (let step = 0, t = 1; step < steps; step++) {
    const down = slope(rows, ahead);
    const next = (1 + Math.sqrt(1 + 4 * t * t)) / 2;
    for (let i = 0; i <= size; i++) {
      const pull = i < size ? decay * ahead[i]! : 0;
      const moved = ahead[i]! - pace * (down[i]! + pull);
      ahead[i] = moved + ((t - 1) / next) * (moved - weights[i]!);
      weights[i] = moved;
    }
    t = next;
  }
  return weights;
}
