/** Text as the risk gate reads it: what a disguise was put on is taken off, and remembered. */

import { forModel, without } from "../codecs.ts";

const pairs = (from: string, to: string) => {
  const [a, b] = [[...from], [...to]];
  if (a.length !== b.length) throw new Error(`${a.length} letters for ${b.length}`);
  return new Map(a.map((char, i) => [char, b[i]!]));
};

/** Letters that look Latin and never belong to another language's text: small capitals, flags, boxes. */
const SHAPES = pairs(
  "ᴀʙᴄᴅᴇꜰɢʜɪᴊᴋʟᴍɴᴏᴘʀꜱᴛᴜᴠᴡʏᴢɑɡıøłđʟæœſ🅐🅑🅒🅓🅔🅕🅖🅗🅘🅙🅚🅛🅜🅝🅞🅟🅠🅡🅢🅣🅤🅥🅦🅧🅨🅩",
  "abcdefghijklmnoprstuvwyzagioldlaesabcdefghijklmnopqrstuvwxyz",
);
for (let i = 0; i < 26; i++) {
  const letter = String.fromCharCode(97 + i);
  for (const base of [0x1f130, 0x1f170, 0x1f1e6]) SHAPES.set(String.fromCodePoint(base + i), letter);
}
/** Cyrillic, Greek, Armenian and Cherokee letters that pass for Latin ones; the way back is for Cyrillic only. */
const TO_LATIN = pairs(
  "авсԁеҽєғԍһніӏјкмпорԛгѕтцѵѡԝхҳуүзьαβϲεϵγηικμνορτυχωζհոսօցզաꮯꭰꮪꭺꮃ",
  "abcdeeefghhiljkmnopqrstuvwwxxyyzbabceeynikuvoptuxwzhnuogqwcdsaw",
);
const CYRILLIC = pairs("abcehkmoptxyui3u6", "авсенкмортхуиізич");
const LEET = pairs("013457@$!|€+", "oieastasiiet");
const LETTER = /\p{L}/u;

/** One word of a text, with the other readings that it may have been disguised from. */
export interface Token {
  text: string;
  /** What it says without digits for letters, lookalikes, stretched letters and spread letters. */
  readings: string[];
  /** The word was spread out letter by letter, so that it may hold several words. */
  spread: boolean;
  /** The reading together with what a single hyphen, dot or star ties to it. */
  tied: string[];
  sentence: number;
}

// Two signs are a spread word only if both are letters: "a 5" is none.
const SPREAD =
  /(?<![\p{L}\p{N}])(?:[\p{sc=Latn}\p{sc=Cyrl}\p{sc=Grek}0-9@$!]([ .\-_*·•|/\\,~+]{1,3})(?:[\p{sc=Latn}\p{sc=Cyrl}\p{sc=Grek}0-9@$!]\1)+[\p{sc=Latn}\p{sc=Cyrl}\p{sc=Grek}0-9@$!]|[\p{sc=Latn}\p{sc=Cyrl}\p{sc=Grek}]([ .\-_*·•|/\\,~+]{1,3})[\p{sc=Latn}\p{sc=Cyrl}\p{sc=Grek}])(?![\p{L}\p{N}])/gu;
const SPREAD_MARK = "\ue000";
const BETWEEN_HAN =
  /(?<=[\p{sc=Han}\p{sc=Kana}\p{sc=Hira}])[ .*_·•|~-]+(?=[\p{sc=Han}\p{sc=Kana}\p{sc=Hira}])/gu;
const MARKS = /[\u0300-\u036f\u064b-\u0652\u0670\u0640]/g;
const HEBREW_ARABIC_FORMS = /[أإآٱ]/g;

// A long text that NFKC makes three times as long is of ligatures only. Each gives its first signs then: to cut the
// text off instead would hide what stands behind them.
const [LONG, GROWTH] = [20_000, 3];
function unfolded(text: string): string {
  const all = forModel(text);
  if (all.length <= Math.max(LONG, GROWTH * text.length)) return all;
  const few = (sign: string) => [...sign.normalize("NFKC")].slice(0, GROWTH).join("");
  return forModel([...text].map(few).join(""));
}

/** Lower case, no accents, one form for lookalike shapes: what the words of the lexicon go through as well. */
export function fold(text: string): string {
  const shaped = [...unfolded(text).toLowerCase()].map((char) => SHAPES.get(char) ?? char).join("");
  const bare = shaped.normalize("NFD").replace(MARKS, "").normalize("NFC");
  return bare.replaceAll("ß", "ss").replace(HEBREW_ARABIC_FORMS, "ا").replaceAll("ى", "ي");
}

const swap = (text: string, table: Map<string, string>) =>
  [...text].map((char) => table.get(char) ?? char).join("");

function readingsOf(word: string, latin: boolean): string[] {
  const found = new Set<string>();
  const add = (reading: string) => {
    found.add(reading);
    if (!/(.)\1\1/u.test(reading)) return;
    found.add(reading.replace(/(.)\1{2,}/gu, "$1$1"));
    found.add(reading.replace(/(.)\1{2,}/gu, "$1"));
  };
  const hasLatin = /\p{sc=Latn}/u.test(word);
  const hasCyrillic = /\p{sc=Cyrl}/u.test(word);
  const other = hasCyrillic || /[\p{sc=Grek}\p{sc=Armn}\p{sc=Cher}]/u.test(word);
  const forms = [word];
  if (other && (hasLatin || latin)) forms.push(swap(word, TO_LATIN));
  if (hasCyrillic && /[a-z36]/.test(word)) forms.push(swap(word, CYRILLIC));
  for (const form of forms) {
    add(form);
    if (!LETTER.test(form) || !/[0-9@$!|€+]/.test(form) || /^\d+\p{L}{1,3}$/u.test(form)) continue;
    const plain = swap(form, LEET);
    add(plain);
    if (/[1!|]/.test(form)) add(swap(form.replace(/[1!|]/g, "l"), LEET));
  }
  found.delete(word);
  return [...found];
}

const WORD = /[\p{L}\p{M}\p{N}@$€+|!\ue000]+|\p{Extended_Pictographic}/gu;
const END = /[.!?;\n。！？；…।؟]/u;

/** The words of a text, sentence by sentence. */
export function tokensOf(text: string): Token[] {
  const joined = fold(text.replaceAll(SPREAD_MARK, ""))
    .replace(
      SPREAD,
      (run, gap?: string, gapOfTwo?: string) => SPREAD_MARK + run.replaceAll(gap ?? gapOfTwo ?? "", ""),
    )
    .replace(BETWEEN_HAN, "");
  const letters = (script: RegExp) => joined.match(script)?.length ?? 0;
  const latin = letters(/\p{sc=Latn}/gu) >= letters(/[\p{sc=Cyrl}\p{sc=Grek}]/gu);
  const tokens: Token[] = [];
  let [end, sentence] = [0, 0];
  for (const match of joined.matchAll(WORD)) {
    const gap = joined.slice(end, match.index);
    end = match.index + match[0].length;
    const spread = match[0].startsWith(SPREAD_MARK);
    const word = without(/[!|+]/, match[0].replaceAll(SPREAD_MARK, ""));
    if (!word) continue;
    if (END.test(gap) && (/\s/.test(gap) || /[。！？；।]/u.test(gap))) sentence++;
    if (/[!]$/.test(match[0])) end -= 1;
    const readings = readingsOf(word, latin);
    const before = tokens.at(-1);
    if (before && /^[-._*~'’]$/.test(gap)) {
      for (const tail of [word, ...readings]) before.tied.push(before.text + tail);
    }
    tokens.push({ text: word, readings, spread, tied: [], sentence });
  }
  return tokens;
}
