/** What the trained scorer sees of a text: which ideas stand together, and its words and their parts, hashed. */

export const BUCKETS = 8192;

/** FNV-1a, so that the same word falls into the same bucket on every machine. */
function bucket(name: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < name.length; i++) hash = Math.imul(hash ^ name.charCodeAt(i), 0x01000193);
  return (hash >>> 0) % BUCKETS;
}

const WORD = /[\p{L}\p{M}\p{N}']+/gu;
const UNSPACED = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/u;
const MOST_WORDS = 400;

/** Bucket → value. Words weigh less the longer the text, ideas do not. */
export function featuresOf(text: string, sentences: Iterable<Set<string>>): Map<number, number> {
  const found = new Map<number, number>();
  for (const ideas of sentences) {
    const names = [...ideas];
    for (const [i, one] of names.entries()) {
      found.set(bucket(`i:${one}`), 1);
      for (const other of names.slice(i + 1)) found.set(bucket(`i:${one}+${other}`), 1);
    }
  }
  const words = (text.match(WORD) ?? []).slice(0, MOST_WORDS);
  const parts = new Set<string>();
  for (const [i, word] of words.entries()) {
    parts.add(`w:${word}`);
    parts.add(`b:${words[i - 1] ?? "^"} ${word}`);
    const size = UNSPACED.test(word) ? 2 : 4;
    const padded = size === 2 ? word : `<${word}>`;
    for (let at = 0; at + size <= padded.length && at < 24; at++)
      parts.add(`c:${padded.slice(at, at + size)}`);
  }
  const weight = 2 / Math.sqrt(Math.max(parts.size, 24));
  for (const part of parts) {
    const at = bucket(part);
    found.set(at, (found.get(at) ?? 0) + weight);
  }
  return found;
}
