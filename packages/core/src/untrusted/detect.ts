/** Tells texts that speak to a model, to turn it, from texts that speak to people about work. It marks, it never blocks. */

import { hiddenIn, judged, mirrored, reading } from "./fold.ts";
import { carriesOut, concealedParts, hasMarkup, namesTool } from "./markup.ts";
import { likelihood } from "./score.ts";
import { sightOf } from "./sight.ts";
import { ideaSets, type Reason, type Weights, weigh } from "./weigh.ts";

/** Rules count half: what is sure by them (1.2 and more) needs no scorer, and the scorer alone must be sure. */
const ENOUGH = 0.6;
const summed = (weights: Weights) => Object.values(weights).reduce((sum, weight) => sum + weight, 0);

/** Why a text looks like an instruction to a model; nothing when it does not. */
export function looksLikeInstruction(text: string): Reason[] {
  const known = remembered.get(text);
  if (known) return known;
  const found = judge(text);
  remember(text, found);
  return found;
}

// A tag, a number, a first name.
const ONE_SHORT_WORD = /^[\p{L}\p{N}]{0,16}$/u;

/** Long runs of space say nothing, and would let patterns that look across lines try every place in them. */
const squeezed = (text: string) => text.replace(/\s{3,}/g, (run) => (run.includes("\n") ? "\n" : " "));

function judge(text: string): Reason[] {
  if (ONE_SHORT_WORD.test(text)) return [];
  const plain = squeezed(judged(text));
  const found = new Set<Reason>();
  if (hasMarkup(plain)) found.add("role_markup");
  if (namesTool(plain)) found.add("tool_call");
  if (carriesOut(plain)) found.add("exfiltration");
  if (concealedParts(plain).some((part) => ideaSets(reading(part)).some((ideas) => ideas.size > 0))) {
    found.add("concealment");
  }
  if ([...hiddenIn(plain), ...mirrored(plain).filter(makesSense)].some(isSure)) found.add("encoded");
  const { weights, features } = sightOf(plain);
  if (summed(weights) / 2 + likelihood(features) >= ENOUGH) {
    for (const reason of Object.keys(weights) as Reason[]) found.add(reason);
    if (found.size === 0) found.add("wording");
  }
  return [...found];
}

// Of most texts the mirror images are noise, which is not worth judging.
const SENSE =
  /approv|ignor|payment|releas|instruc|disregard|rules|prompt|escrow|accept|review|check|system|pay /i;
const makesSense = (text: string) => SENSE.test(text);

/** Of a reading that was not meant to be seen: by the rules alone, as the scorer knows only plain texts. */
const isSure = (text: string) => namesTool(text) || summed(weigh(ideaSets(reading(text)))) >= 0.9;

// The same listings and messages are read again and again.
const MOST_REMEMBERED = 5000;
const LONGEST_REMEMBERED = 2000;
const remembered = new Map<string, Reason[]>();
function remember(text: string, found: Reason[]) {
  if (text.length > LONGEST_REMEMBERED) return;
  if (remembered.size >= MOST_REMEMBERED) remembered.delete(remembered.keys().next().value ?? "");
  remembered.set(text, found);
}
