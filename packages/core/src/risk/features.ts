/** A text as numbers: which concepts meet in it, and which pieces of words it has. */

import type { Token } from "./fold.ts";
import { conceptOf, concepts, type Hit } from "./lexicon.ts";

/** index → value, sparse. */
export type Features = Map<number, number>;

const N = concepts.length;
const SINGLE = 0;
const HIDDEN = SINGLE + N;
/** A concept in a text that none of the harmless contexts appears in; pairs within a sentence, then pairs anywhere in the text. */
const BARE = HIDDEN + N;
const NEAR = BARE + N;
const FAR = NEAR + (N * (N + 1)) / 2;
const PIECES = FAR + (N * (N + 1)) / 2;
const BUCKETS = 1 << 18;
export const FEATURES = PIECES + BUCKETS;
/** Which category it is shows in fewer buckets than whether it is harmful at all. */
const COARSE_BUCKETS = 1 << 12;
export const COARSE_FEATURES = PIECES + COARSE_BUCKETS;
export const coarse = (index: number): number =>
  index < PIECES ? index : PIECES + ((index - PIECES) % COARSE_BUCKETS);

const [SINGLE_WEIGHT, BARE_WEIGHT, NEAR_WEIGHT, FAR_WEIGHT, PIECE_WEIGHT] = [0.7, 0.7, 0.4, 0.3, 2];
/** Contexts in which a frightening word is mostly harmless. */
export const CALM: ReadonlySet<number> = new Set(
  [
    "research",
    "translate",
    "awareness",
    "own",
    "honest",
    "mystery",
    "lawful",
    "fiction",
    "household",
    "office",
  ].map(conceptOf),
);
const CJK = /[\p{sc=Han}\p{sc=Hira}\p{sc=Kana}]/u;

const pair = (a: number, b: number) => {
  const [low, high] = a < b ? [a, b] : [b, a];
  return (high * (high + 1)) / 2 + low;
};

/** FNV-1a: the same bucket on every machine. */
function bucket(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
  return PIECES + (((hash ^ (hash >>> 13)) >>> 0) % BUCKETS);
}

function pieces(tokens: Token[]): Set<number> {
  const found = new Set<number>();
  let before = "";
  for (const { text, readings } of tokens) {
    for (const long of [text, ...readings.slice(0, 2)]) {
      const word = long.slice(0, 40);
      found.add(bucket(`w${word}`));
      const [padded, shortest, longest] = CJK.test(word) ? [word, 1, 4] : [`^${word}$`, 2, 5];
      for (let n = shortest; n <= longest; n++) {
        for (let i = 0; i + n <= padded.length; i++) found.add(bucket(padded.slice(i, i + n)));
      }
    }
    found.add(bucket(`b${before} ${text.slice(0, 40)}`));
    before = text.slice(0, 40);
  }
  return found;
}

export function featuresOf(tokens: Token[], hits: Hit[]): Features {
  const features: Features = new Map();
  const all = new Set<number>();
  const bySentence = new Map<number, Set<number>>();
  for (const { concept, sentence, disguised } of hits) {
    all.add(concept);
    features.set(SINGLE + concept, SINGLE_WEIGHT);
    if (disguised) features.set(HIDDEN + concept, SINGLE_WEIGHT);
    const near = bySentence.get(sentence) ?? new Set();
    bySentence.set(sentence, near.add(concept));
  }
  const calm = [...all].some((concept) => CALM.has(concept));
  if (!calm) for (const concept of all) features.set(BARE + concept, BARE_WEIGHT);
  const pairs = (set: Set<number>, base: number, weight: number) => {
    const list = [...set];
    for (let i = 0; i < list.length; i++)
      for (let j = i + 1; j < list.length; j++) features.set(base + pair(list[i]!, list[j]!), weight);
  };
  for (const near of bySentence.values()) pairs(near, NEAR, NEAR_WEIGHT);
  pairs(all, FAR, FAR_WEIGHT);
  const found = pieces(tokens);
  const value = PIECE_WEIGHT / Math.sqrt(found.size || 1);
  for (const index of found) features.set(index, value);
  return features;
}
