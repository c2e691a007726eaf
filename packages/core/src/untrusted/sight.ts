/** What the rules and the scorer are given of a text. */

import { featuresOf } from "./features.ts";
import { reading } from "./fold.ts";
import { ideaSets, unquoted, type Weights, weigh } from "./weigh.ts";

/** A text as the rules and the scorer see it. */
export interface Sight {
  weights: Weights;
  features: Map<number, number>;
}

export function sightOf(plain: string): Sight {
  const text = unquoted(reading(plain));
  const ideas = ideaSets(text);
  return { weights: weigh(ideas), features: featuresOf(text, ideas) };
}
