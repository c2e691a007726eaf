/**
 * The gate's words in many languages, each a sign of one concept. In the lists, `_` is a space within a phrase,
 * `*` at the end takes any ending, `~` in front takes any beginning; Chinese and Japanese words match anywhere.
 */

import { fold, type Token } from "./fold.ts";
import { acts } from "./lexicon/acts.ts";
import { context } from "./lexicon/context.ts";
import { cover } from "./lexicon/cover.ts";
import { fraud } from "./lexicon/fraud.ts";
import { goods } from "./lexicon/goods.ts";
import { more } from "./lexicon/more.ts";
import { speech } from "./lexicon/speech.ts";

export interface Hit {
  concept: number;
  sentence: number;
  /** Words from the start of the text. */
  at: number;
  /** It was found only after a disguise was taken off. */
  disguised: boolean;
}

interface Phrase {
  concept: number;
  rest: string[];
}

const CJK = /[\p{sc=Han}\p{sc=Hira}\p{sc=Kana}]/u;
const LONGEST_CJK = 12;
/** No word of the lists is longer; without a bound one endless word would cost its length squared and more. */
const LONGEST = 32;

export const concepts: string[] = [];
const whole = new Map<string, number[]>();
const starts = new Map<string, number[]>();
const inner = new Map<string, number[]>();
const cjk = new Map<string, number[]>();
const phrases = new Map<string, Phrase[]>();

const push = <T>(map: Map<string, T[]>, key: string, value: T) => {
  const list = map.get(key);
  if (list) list.push(value);
  else map.set(key, [value]);
};

function learn(concept: number, written: string) {
  const word = fold(written);
  if (CJK.test(word)) return push(cjk, word.replaceAll("_", ""), concept);
  if (word.startsWith("~")) return push(inner, word.slice(1), concept);
  const [first = "", ...rest] = word.split("_");
  if (rest.length > 0) return push(phrases, first, { concept, rest });
  return word.endsWith("*") ? push(starts, word.slice(0, -1), concept) : push(whole, word, concept);
}

for (const line of `${goods}${fraud}${acts}${context}${more}${speech}${cover}`.split("\n")) {
  const [name, words] = line.split(": ");
  if (!name || !words) continue;
  if (!concepts.includes(name)) concepts.push(name);
  for (const written of words.split(/\s+/).filter(Boolean)) learn(concepts.indexOf(name), written);
}

export type ConceptOf = (name: string) => number;
/** The number of a concept; an unknown name is a mistake in a rule. */
export const conceptOf: ConceptOf = (name) => {
  const index = concepts.indexOf(name);
  if (index < 0) throw new Error(`no concept ${name}`);
  return index;
};

const fits = (pattern: string, word: string) =>
  pattern.endsWith("*") ? word.startsWith(pattern.slice(0, -1)) : word === pattern;

function inWord(word: string, spread: boolean): number[] {
  const found = [...(whole.get(word) ?? [])];
  for (let n = 1; n <= Math.min(word.length, LONGEST); n++) {
    const list = starts.get(word.slice(0, n));
    if (list) found.push(...list);
  }
  if (word.length < 6 && !spread) return found;
  for (let from = 0; from + 4 <= word.length; from++) {
    for (let to = from + 4; to <= Math.min(word.length, from + LONGEST); to++) {
      const piece = word.slice(from, to);
      const list = inner.get(piece) ?? (spread ? (whole.get(piece) ?? starts.get(piece)) : undefined);
      if (list) found.push(...list);
    }
  }
  return found;
}

/** Arabic articles and prepositions that are written together with their word. */
const ARABIC_HEAD = /^(?:وال|بال|لل|فال|كال|ال|و|ب|ل)(?=\p{sc=Arab}{3})/u;

const bareOf = (word: string) => {
  const bare = word.replace(ARABIC_HEAD, "");
  return bare === word ? [word] : [word, bare];
};

function inCjk(word: string): number[] {
  const found: number[] = [];
  for (let from = 0; from < word.length; from++) {
    for (let n = 1; n <= LONGEST_CJK && from + n <= word.length; n++) {
      const list = cjk.get(word.slice(from, from + n));
      if (list) found.push(...list);
    }
  }
  return found;
}

function phrasesAt(tokens: Token[], i: number): number[] {
  const first = tokens[i]!;
  const found: number[] = [];
  for (const head of [first.text, ...first.readings]) {
    for (let n = 1; n <= Math.min(head.length, LONGEST); n++) {
      const key = head.slice(0, n);
      for (const { concept, rest } of [
        ...(n === head.length ? (phrases.get(key) ?? []) : []),
        ...(phrases.get(`${key}*`) ?? []),
      ]) {
        const fit = rest.every((part, k) => {
          const token = tokens[i + 1 + k];
          return token && [token.text, ...token.readings].some((word) => fits(part, word));
        });
        if (fit) found.push(concept);
      }
    }
  }
  return found;
}

/** The hits on words from `from` up to, but not with, `to`. Hits lie in the order of their words. */
export function hitsBetween(hits: Hit[], from: number, to: number): Hit[] {
  const start = firstAt(hits, from);
  let end = start;
  while (end < hits.length && hits[end]!.at < to) end += 1;
  return hits.slice(start, end);
}

function firstAt(hits: Hit[], at: number): number {
  let [low, high] = [0, hits.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (hits[middle]!.at < at) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Every sign of a concept in these words. */
export function hitsOf(tokens: Token[]): Hit[] {
  const hits: Hit[] = [];
  tokens.forEach((token, at) => {
    const seen = new Set<number>();
    const add = (list: number[], disguised: boolean) => {
      for (const concept of list) {
        if (seen.has(concept)) continue;
        seen.add(concept);
        hits.push({ concept, sentence: token.sentence, at, disguised });
      }
    };
    if (CJK.test(token.text)) add(inCjk(token.text), false);
    else for (const word of bareOf(token.text)) add(inWord(word, token.spread), token.spread);
    for (const reading of token.readings)
      add(CJK.test(reading) ? inCjk(reading) : inWord(reading, token.spread), true);
    for (const tied of token.tied) add(inWord(tied, false), false);
    add(phrasesAt(tokens, at), false);
  });
  return hits;
}
