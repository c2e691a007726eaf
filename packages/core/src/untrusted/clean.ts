/** Text of a stranger, made fit for a model's eyes, and the delimiters it is shown between. */

import { forModel } from "../codecs.ts";

// The delimiters' own brackets and what looks like them, so that no text can open or close one; private-use
// characters show nothing to a person; piled-up accents hide the letters below them.
const BRACKETS = /[⟦⟧〚〛⟬⟭⦋⦌⦍⦎⦏⦐⁅⁆]/gu;
const UNSHOWN = /[\p{Co}\p{Cn}]/gu;
const PILED = /(\p{M}{4})\p{M}+/gu;
const OPENING = new Set("⟦〚⟬⦋⦍⦏⁅");

/** NFKC, nothing invisible, nothing that looks like our delimiters. */
export const cleanText = (text: string): string =>
  forModel(text)
    .replace(UNSHOWN, "")
    .replace(PILED, "$1")
    .replace(BRACKETS, (b) => (OPENING.has(b) ? "[[" : "]]"));

/** At most so many characters, and never half of one. */
export function cut(text: string, max: number): string {
  if (text.length <= max) return text;
  return `${text
    .slice(0, max)
    .toWellFormed()
    .replace(/\uFFFD$/, "")}…`;
}

/** The text between delimiters that carry the reply's random boundary. */
export const delimit = (text: string, boundary: string): string =>
  `⟦untrusted:${boundary}⟧${text}⟦/untrusted:${boundary}⟧`;
