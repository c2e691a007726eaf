/** One plain form for texts that look alike, and the other readings that a text may hide. For judging, never for showing. */

import { cleanText } from "./clean.ts";

/** Judging stops here: longer texts are judged by their beginning and their end. */
const READ = 12_000;

const LATIN: Record<string, string> = { ß: "ss", ł: "l", đ: "d", ø: "o", ı: "i", æ: "ae", œ: "oe", þ: "th" };
const ARABIC: Record<string, string> = { أ: "ا", إ: "ا", آ: "ا", ى: "ي", ة: "ه" };
const QUOTES: Record<string, string> = {
  "’": "'",
  "‘": "'",
  "“": '"',
  "”": '"',
  "«": '"',
  "»": '"',
  "„": '"',
};
// Small capitals and letters in boxes, which NFKC leaves as they are.
const DRAWN = new Map(
  [..."ᴀʙᴄᴅᴇꜰɢʜɪᴊᴋʟᴍɴᴏᴘꞯʀꜱᴛᴜᴠᴡʏᴢ"].map((c, i) => [c, "abcdefghijklmnopqrstuvwyz"[i] ?? c]),
);
const boxed = (c: string) => String.fromCharCode(97 + (((c.codePointAt(0) ?? 0) - 0x1f150) % 32));

const SAME: Record<string, string> = { ...LATIN, ...ARABIC, ...QUOTES };
const SAME_CLASS = new RegExp(`[${Object.keys(SAME).join("")}]`, "gu");

/** Lower case, no accents on Latin letters, one form of Arabic and Hindi spellings, plain quotes. */
export const fold = (text: string): string =>
  text
    .toLowerCase()
    .normalize("NFD")
    .replace(/(?<=\p{Script=Latin})\p{M}+|[\u064b-\u0652\u093c]/gu, "")
    .normalize("NFC")
    .replace(SAME_CLASS, (c) => SAME[c] ?? c)
    .replace(/[\u{1f150}-\u{1f169}\u{1f170}-\u{1f189}]/gu, boxed)
    .replace(
      /[\u1d00-\u1d22\ua730\ua731\ua7af\u0262\u026a\u0274\u0280\u028f\u0299\u029c\u029f]/gu,
      (c) => DRAWN.get(c) ?? c,
    );

const CONFUSABLE = new Map(
  "аa вb еe ёe кk мm нh оo рp сc тt уy хx ѕs іi јj һh ԁd ԛq ԝw зe гr пn ьb αa βb εe ηn ιi κk νv οo ρp τt υu χx ωw σo μu γy"
    .split(" ")
    .map((pair) => [pair[0], pair[1]] as [string, string]),
);
const LEET = new Map(
  Object.entries({
    0: "o",
    1: "i",
    3: "e",
    4: "a",
    5: "s",
    7: "t",
    8: "b",
    "@": "a",
    $: "s",
    "!": "i",
    "|": "l",
  }),
);
const FOREIGN = /[\u0370-\u03ff\u0400-\u04ff\u0500-\u052f]/u;

/** Latin words that borrow letters of other alphabets, or digits for letters, as they are meant to be read. */
function unmask(text: string): string {
  const mostlyLatin = (text.match(/[a-z]/g)?.length ?? 0) * 2 > text.length * 0.8;
  return text.replace(/[^\s,.;:?"()[\]{}<>/]+/gu, (word) => {
    const latin = /[a-z]/.test(word);
    const foreign = FOREIGN.test(word) && (latin || mostlyLatin);
    const read = foreign ? [...word].map((c) => CONFUSABLE.get(c) ?? c).join("") : word;
    const leet = /[a-z]/.test(read) && /[0134578@$|]/.test(read.slice(0, -1)) && !/\d{3}/.test(read);
    return leet ? [...read].map((c) => LEET.get(c) ?? c).join("") : read;
  });
}

const KEYWORDS =
  "ignore previous instructions instruction disregard approve submission payment release system prompt override immediately guidelines forget verify escrow restrictions assistant complete".split(
    " ",
  );
const INSIDE = new RegExp(
  `${KEYWORDS.join("|")}|all|your|rules|the|and|pay|now|money|funds|check|without`,
  "g",
);
const known = new Set(KEYWORDS);

/** "i g n o r e  t h i s" and "i-g-n-o-r-e" as words, and words that a hyphen was put into. */
const unspace = (text: string): string =>
  text
    .replace(
      /(?<![\p{L}\p{N}])\p{L}(?:([ .\-_*])\p{L}(?![\p{L}\p{N}]))(?:\1\p{L}(?![\p{L}\p{N}])){2,}/gu,
      (run) => run.replace(/[ .\-_*]/g, "").replace(INSIDE, " $& "),
    )
    .replace(/([a-z]+)-([a-z]+)/g, (whole, a, b) => (known.has(a + b) ? a + b : whole));

const shape = (word: string) => word[0] + [...word.slice(1)].sort().join("");
const SCRAMBLED = new Map(KEYWORDS.map((word) => [shape(word), word]));
const unscramble = (text: string): string =>
  text.replace(/[a-z]{6,}/g, (word) => SCRAMBLED.get(shape(word)) ?? word);

/** The text as words: masked letters read, letters drawn together, typing errors mended, snake_case in words. */
export const reading = (text: string): string =>
  unscramble(unspace(unmask(fold(text))))
    .replace(/[_\-*`]+/g, " ")
    .replace(/[^\S\n]+/g, " ");

/** What is judged of a text: cleaned, and of a very long one both ends. */
export function judged(text: string): string {
  const some = text.length <= READ ? text : `${text.slice(0, READ / 2)}\n${text.slice(-READ / 2)}`;
  return cleanText(some.toWellFormed());
}

const printable = (text: string) => {
  const good = text.match(/[\p{L}\p{N}\p{P}\s]/gu)?.join("").length ?? 0;
  return text.length >= 8 && !text.includes("\uFFFD") && good / text.length > 0.95;
};
const utf8 = (bytes: Uint8Array) => new TextDecoder("utf-8").decode(bytes);
const some = (text: string, pattern: RegExp) => (text.match(pattern) ?? []).slice(0, 8);

/** Texts that this one carries in another form: base64, hex, percent signs, entities, escapes, rot13, backwards. */
export function hiddenIn(text: string): string[] {
  const found = [
    ...some(text, /[A-Za-z0-9+/_-]{16,}={0,2}/g).map((t) => utf8(Buffer.from(t, "base64"))),
    ...some(
      text.replace(/\b0x|\\x|(?<=[\da-f]{2})[ :](?=[\da-f]{2}\b)/gi, ""),
      /\b(?:[\da-f]{2}){8,}\b/gi,
    ).map((t) => utf8(Buffer.from(t, "hex"))),
    ...some(text, /\b(?:[01]{8}\s?){6,}/g).map((t) =>
      utf8(Uint8Array.from(t.match(/[01]{8}/g) ?? [], (bits) => Number.parseInt(bits, 2))),
    ),
  ].filter(printable);
  if (/%[\da-f]{2}/i.test(text)) found.push(text.replace(/%([\da-f]{2})/gi, (_, h) => char(h, 16)));
  if (/&#?\w+;/.test(text)) {
    found.push(
      text
        .replace(/&#x([\da-f]{1,6});/gi, (_, h) => char(h, 16))
        .replace(/&#(\d{1,7});/g, (_, d) => char(d, 10)),
    );
  }
  if (/\\[ux]\{?[\da-f]{2,6}/i.test(text)) {
    found.push(text.replace(/\\u\{?([\da-f]{4,6})\}?|\\x([\da-f]{2})/gi, (_, u, x) => char(u ?? x, 16)));
  }
  return found;
}

/** The same letters in another order or alphabet: only ever one of these readings makes sense. */
export const mirrored = (text: string): string[] => [
  text.replace(/[a-z]/gi, (c) => {
    const base = c <= "Z" ? 65 : 97;
    return String.fromCharCode(((c.charCodeAt(0) - base + 13) % 26) + base);
  }),
  [...text].reverse().join(""),
];

const char = (digits: string, base: number): string => {
  const code = Number.parseInt(digits, base);
  return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : "";
};
