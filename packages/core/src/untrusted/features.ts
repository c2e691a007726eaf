/** What the trained scorer sees of a text: ideas and motifs that stand together, words, their parts and signs, hashed. */

import { motifsIn } from "./motifs.ts";

export const BUCKETS = 1 << 18;

/** Bucket → value. */
export type Features = Map<number, number>;

/** FNV-1a, so that the same name falls into the same bucket on every machine. */
function bucket(name: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < name.length; i++) hash = Math.imul(hash ^ name.charCodeAt(i), 0x01000193);
  return ((hash ^ (hash >>> 15)) >>> 0) % BUCKETS;
}

const WORD = /[\p{L}\p{M}\p{N}']+/gu;
const UNSPACED = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]/u;
const SENTENCE = /(?<=[.!?。！？।\n;])\s*/u;
const MOST_WORDS = 400;
const MOST_SENTENCES = 60;

type Names = Set<string>;

function addPairs(names: string[], kind: string, into: Names) {
  for (const [i, one] of names.entries())
    for (const other of names.slice(i + 1)) into.add(`${kind}:${one}+${other}`);
}

function ideaNames(sentences: Set<string>[]): Names {
  const found: Names = new Set();
  for (const ideas of sentences) {
    for (const one of ideas) found.add(`i:${one}`);
    addPairs([...ideas], "i", found);
  }
  addPairs([...new Set(sentences.flatMap((ideas) => [...ideas]))], "d", found);
  return found;
}

function motifNames(text: string): { alone: Names; paired: Names } {
  const [alone, paired, all]: Names[] = [new Set(), new Set(), new Set()];
  for (const sentence of text.split(SENTENCE).filter(Boolean).slice(0, MOST_SENTENCES)) {
    const motifs = [...motifsIn(sentence)].sort();
    for (const one of motifs) {
      alone!.add(`m:${one}`);
      all!.add(one);
    }
    addPairs(motifs, "m", paired!);
  }
  addPairs([...all!].sort(), "md", paired!);
  return { alone: alone!, paired: paired! };
}

function wordNames(text: string): { words: Names; parts: Names } {
  const names: { words: Names; parts: Names } = { words: new Set(), parts: new Set() };
  const all = (text.replace(/\d/g, "0").match(WORD) ?? []).slice(0, MOST_WORDS);
  for (const [i, word] of all.entries()) {
    const unspaced = UNSPACED.test(word);
    if (!unspaced) {
      names.words.add(`w:${word}`).add(`b:${all[i - 1] ?? "^"} ${word}`);
      if (i > 0) names.words.add(`k:${all[i - 2] ?? "^"} ${word}`);
    }
    const [padded, least, most, end] = unspaced ? [word, 1, 4, 300] : [`<${word}>`, 3, 5, 24];
    for (let size = least; size <= most; size++)
      for (let at = 0; at + size <= padded.length && at < end; at++)
        names.parts.add(`c:${padded.slice(at, at + size)}`);
  }
  return names;
}

const SIGNS: [string, RegExp][] = [
  ["p", /[^\p{L}\p{N}\s]{2,6}/gu],
  ["q", /[^\p{L}\p{N}\s.,'-]/gu],
  ["u", /\b[A-Z]{3,}\b/g],
  ["l", /(?<=^|\n)\s*\p{L}+\s*:/gu],
];
function signNames(plain: string): Names {
  const found: Names = new Set([`len:${Math.floor(Math.log2(plain.length + 1) * 1.5)}`]);
  const start = plain.slice(0, 3000);
  for (const [kind, pattern] of SIGNS)
    for (const [sign] of start.matchAll(pattern)) found.add(`${kind}:${sign.trim().toLowerCase()}`);
  return found;
}

/** What is seen of one text. */
export interface Seen {
  /** As it was written, without what nobody sees. */
  plain: string;
  /** As it is read. */
  text: string;
  /** The ideas of each sentence. */
  ideas: Set<string>[];
  /** What the rules say of it: reasons, marks, levels. */
  rules: string[];
}

/** Words weigh less the longer the text; ideas, motifs and signs do not. */
export function featuresOf({ plain, text, ideas, rules }: Seen): Features {
  const found: Features = new Map();
  const add = (names: Iterable<string>, value: number) => {
    for (const name of names) {
      const at = bucket(name);
      found.set(at, (found.get(at) ?? 0) + value);
    }
  };
  const shared = (names: Names, value: number) => add(names, value / Math.sqrt(Math.max(names.size, 20)));
  const motifs = motifNames(text);
  const { words, parts } = wordNames(text);
  add(ideaNames(ideas), 0.15);
  add(rules, 0.15);
  add(motifs.alone, 0.2);
  add(signNames(plain), 0.3);
  shared(motifs.paired, 0.8);
  shared(words, 1.5);
  shared(parts, 2.5);
  return found;
}
