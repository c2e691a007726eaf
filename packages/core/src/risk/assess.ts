/** The gate's own judgement of a text: rules and the local scorer. No network, well under a millisecond for a task. */

import { type Features, featuresOf } from "./features.ts";
import { type Token, tokensOf } from "./fold.ts";
import { concepts, type Hit, hitsBetween, hitsOf } from "./lexicon.ts";
import { type Category, harmOf, kindOf, type Weights } from "./model.ts";
import { broken, brokenInSpeech, type Rule, steers } from "./rules.ts";
import { weights } from "./weights.ts";

/** From this score on a person looks; from the second on it is refused. Measured in docs/risk-gate.md. */
export const REVIEW_AT = 0.85;
export const BLOCK_AT = 0.998;
/** Below this a rule's doubt is not believed. */
const RULE_FLOOR = 0.01;

export interface Assessment {
  verdict: "clean" | "unsure" | "blocked";
  category: Category;
  /** How likely the text is harmful, by the scorer: 0..1. */
  score: number;
  /** The rule that it breaks, if any. */
  rule: Rule | null;
  /** The text talks to the one who checks it. */
  steers: boolean;
  /** Which concepts were found, for the admin's eyes. */
  signals: string[];
}

/** Much harmless text must hide nothing: besides the whole, each sentence and each stretch of a long text is scored. */
const [PART, STEP] = [90, 60];
const SENTENCE_AT = 0.97;

interface Part {
  tokens: Token[];
  hits: Hit[];
  /** One sentence of several. */
  torn: boolean;
}

function parts(tokens: Token[], hits: Hit[]): Part[] {
  const stretch = (from: number, to: number, torn: boolean) => ({
    torn,
    tokens: tokens.slice(from, to),
    hits: hitsBetween(hits, from, to),
  });
  const found: Part[] = tokens.length <= PART ? [{ tokens, hits, torn: false }] : [];
  for (let from = 0; tokens.length > PART && from < tokens.length - (PART - STEP); from += STEP) {
    found.push(stretch(from, from + PART, false));
  }
  for (let from = 0, to = 1; to <= tokens.length; to++) {
    if (to < tokens.length && tokens[to]!.sentence === tokens[from]!.sentence) continue;
    const sentence = stretch(from, to, true);
    if (sentence.hits.length > 1 && to - from < tokens.length) found.push(sentence);
    from = to;
  }
  return found;
}

function score(using: Weights, tokens: Token[], hits: Hit[]): { score: number; category: Category } {
  let worst = { score: -1, features: new Map() as Features };
  for (const part of parts(tokens, hits)) {
    const features = featuresOf(part.tokens, part.hits);
    const harm = harmOf(using, features);
    // Torn from its context a sentence is easily misread: it counts only where it is plain.
    if (part.torn && harm < SENTENCE_AT) continue;
    if (harm > worst.score) worst = { score: harm, features };
  }
  return { score: worst.score, category: kindOf(using, worst.features) };
}

/** Judges a text; `using` other weights only where the scorer itself is measured. */
export function assess(text: string, using: Weights = weights()): Assessment {
  const tokens = tokensOf(text);
  const hits = hitsOf(tokens);
  const worst = score(using, tokens, hits);
  const rules = broken(hits).filter((r) => r.level === "block" || worst.score >= RULE_FLOOR);
  const rule = rules[0] ?? null;
  const blocked = worst.score >= BLOCK_AT ? hits.length > 0 : rule?.level === "block";
  const steering = steers(hits);
  const unsure = rule !== null || worst.score >= REVIEW_AT || steering;
  return {
    verdict: blocked ? "blocked" : unsure ? "unsure" : "clean",
    category: rule?.category ?? worst.category,
    score: worst.score,
    rule,
    steers: steering,
    signals: [...new Set(hits.map((h) => `${concepts[h.concept]}${h.disguised ? " (disguised)" : ""}`))],
  };
}

/** The rule that a text between people breaks, if any: only what is certain. */
export function assessSpeech(text: string): Category | null {
  return brokenInSpeech(hitsOf(tokensOf(text)))?.category ?? null;
}
