/** What the rules and the scorer are given of a text. */

import { runsOf } from "../runs.ts";
import { type Features, featuresOf } from "./features.ts";
import { hiddenIn, mirrored, reading } from "./fold.ts";
import { carriesOut, concealedParts, hasMarkup, namesTool } from "./markup.ts";
import { ideaSets, type Reason, unquoted, type Weights, weigh } from "./weigh.ts";

/** A text as the rules and the scorer see it. */
export interface Sight {
  /** What its form says: tags, calls, addresses, hidden parts, other encodings. */
  marks: Set<Reason>;
  weights: Weights;
  /** What the rules weigh, all together. */
  weight: number;
  features: Features;
  runs: Int32Array;
}

const summed = (weights: Weights) => Object.values(weights).reduce((sum, weight) => sum + weight, 0);
const LEVELS = [0.3, 0.6, 0.9, 1.2, 1.8];

export function sightOf(plain: string): Sight {
  const text = unquoted(reading(plain));
  const ideas = ideaSets(text);
  const [marks, weights] = [marksOf(plain), weigh(ideas)];
  const weight = summed(weights);
  const rules = [
    ...[...marks].map((mark) => `h:${mark}`),
    ...Object.keys(weights).map((reason) => `r:${reason}`),
    ...LEVELS.filter((level) => weight >= level).map((level) => `s:${level}`),
  ];
  const runs = runsOf(text.replace(/\s+/g, " "));
  return { marks, weights, weight, runs, features: featuresOf({ plain, text, ideas, rules }) };
}

function marksOf(plain: string): Set<Reason> {
  const found = new Set<Reason>();
  if (hasMarkup(plain)) found.add("role_markup");
  if (namesTool(plain)) found.add("tool_call");
  if (carriesOut(plain)) found.add("exfiltration");
  if (concealedParts(plain).some((part) => ideaSets(reading(part)).some((ideas) => ideas.size > 0))) {
    found.add("concealment");
  }
  if ([...hiddenIn(plain), ...mirrored(plain).filter(makesSense)].some(isSure)) found.add("encoded");
  return found;
}

// Of most texts the mirror images are noise, which is not worth judging.
const SENSE =
  /approv|ignor|payment|releas|instruc|disregard|rules|prompt|escrow|accept|review|check|system|pay /i;
const makesSense = (text: string) => SENSE.test(text);

/** Of a reading that was not meant to be seen: by the rules alone, as the scorer knows only plain texts. */
const isSure = (text: string) => namesTool(text) || summed(weigh(ideaSets(reading(text)))) >= 0.9;
