/** Tells texts that speak to a model, to turn it, from texts that speak to people about work. It marks, it never blocks. */

import { judged } from "./fold.ts";
import { odds } from "./score.ts";
import { sightOf } from "./sight.ts";
import type { Reason } from "./weigh.ts";

/** Set by scores of texts that the weights had not seen (test/untrusted/crossed.ts), for 2 to 2.5 % of false alarms. */
const SURE = 1;
/** The scorer says most, but the rules are surer of what is said outright. */
export const isSure = (weight: number, odds: number): boolean =>
  weight >= 2 || odds + 0.5 * Math.min(weight, 1.5) >= SURE;

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
  for (const part of [plain, ...piecesOf(plain)]) for (const reason of reasonsOf(part)) found.add(reason);
  return [...found];
}

/** A tool's name alone is no attack: people may ask what a tool does. */
function reasonsOf(plain: string): Reason[] {
  const sight = sightOf(plain);
  const { marks, weights, weight } = sight;
  const sure = isSure(weight, odds(sight));
  const found = new Set([...marks].filter((mark) => sure || mark !== "tool_call"));
  if (!sure) return [...found];
  for (const reason of Object.keys(weights) as Reason[]) found.add(reason);
  if (found.size === 0) found.add("wording");
  return [...found];
}

/** A long text may hold one bad sentence among many good ones: its pieces, each half over the one before. */
const PIECE = 600;
function piecesOf(plain: string): string[] {
  if (plain.length <= PIECE * 1.5) return [];
  const step = PIECE / 2;
  return Array.from({ length: Math.ceil(plain.length / step) - 1 }, (_, i) =>
    plain.slice(i * step, i * step + PIECE),
  );
}

// The same listings and messages are read again and again.
const MOST_REMEMBERED = 5000;
const LONGEST_REMEMBERED = 2000;
const remembered = new Map<string, Reason[]>();
function remember(text: string, found: Reason[]) {
  if (text.length > LONGEST_REMEMBERED) return;
  if (remembered.size >= MOST_REMEMBERED) remembered.delete(remembered.keys().next().value ?? "");
  remembered.set(text, found);
}
