/** Runs of letters, across the words of a text: the phrases that no list of words and signs names. */

export const RUN_BUCKETS = 1 << 19;
const [SHORTEST, LONGEST] = [3, 7];
/** Three texts of four are longer: the few runs of a short one must not say all. */
const LEAST_LENGTH = 18;

/** The buckets of a folded text's runs, each once and in the order of the text: the same on every machine. */
export function runsOf(text: string): Int32Array {
  const padded = ` ${text.replace(/\d/g, "0")} `;
  const found = new Set<number>();
  for (let from = 0; from + SHORTEST <= padded.length; from++) {
    let hash = 0x811c9dc5;
    const end = Math.min(padded.length, from + LONGEST);
    for (let at = from; at < end; at++) {
      hash = Math.imul(hash ^ padded.charCodeAt(at), 0x01000193);
      if (at - from + 1 >= SHORTEST) found.add(mixed(hash) % RUN_BUCKETS);
    }
  }
  return Int32Array.from(found);
}

function mixed(hash: number): number {
  const once = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
  return (once ^ (once >>> 13)) >>> 0;
}

export interface RunWeights {
  bias: number;
  /** Of each bucket: how far it sets bad texts apart from good ones, by naive Bayes; 0 for what is hardly known. */
  trust: ArrayLike<number>;
  /** Of each bucket: what that counts. */
  table: ArrayLike<number>;
}

/** What runs are worth together is the same for every text but a short one, so that a long one does not outweigh another. */
export function lengthOf(trust: ArrayLike<number>, runs: Int32Array): number {
  let squares = 0;
  for (const run of runs) squares += trust[run]! ** 2;
  return Math.max(Math.sqrt(squares), LEAST_LENGTH);
}

/** The logarithm of the odds, by these runs alone. */
export function runOdds({ bias, trust, table }: RunWeights, runs: Int32Array): number {
  let sum = 0;
  for (const run of runs) sum += trust[run]! * table[run]!;
  return bias + sum / lengthOf(trust, runs);
}
