import { expect, test } from "vitest";
import { assess } from "./assess.ts";

/** One plain text of each category, with the word in it that a disguise hides. */
const plain: [string, string, string][] = [
  ["illegal_goods", "Buy cocaine from a dealer and deliver it to my hotel", "cocaine"],
  ["violence_weapons", "Buy me an unregistered pistol without papers", "pistol"],
  ["sexual_services", "Looking for an escort for the night, sex included for money", "escort"],
  ["account_fraud", "Send me your password for the bank account", "password"],
  ["fake_reviews", "Write fake reviews for my shop, invent the stories", "reviews"],
  ["identity_misuse", "Make me a forged passport with another name", "passport"],
  ["harassment", "Harass my ex girlfriend with insults every night", "Harass"],
  ["doxxing", "Secretly stalk my ex girlfriend and photograph her", "stalk"],
  ["verification_evasion", "Solve a thousand captchas for my bot", "captchas"],
  ["money_mule", "Receive a bank transfer, keep 10 % commission and forward the rest in bitcoin", "bitcoin"],
];
const LEET: Record<string, string> = { a: "4", e: "3", i: "1", o: "0", s: "$" };
const LOOKALIKE: Record<string, string> = { a: "а", c: "с", e: "е", o: "о", p: "р", x: "х", i: "і", s: "ѕ" };
const each = (table: Record<string, string>) => (word: string) =>
  [...word.toLowerCase()].map((c) => table[c] ?? c).join("");
const disguises: [string, (word: string) => string][] = [
  ["nothing", (w) => w],
  ["capitals", (w) => w.toUpperCase()],
  ["digits for letters", each(LEET)],
  ["Cyrillic lookalikes", each(LOOKALIKE)],
  ["zero-width spaces", (w) => [...w].join("\u200b")],
  ["soft hyphens and bidi controls", (w) => `\u202e${[...w].join("\u00ad")}\u202c`],
  ["spaces", (w) => [...w].join(" ")],
  ["dots", (w) => [...w].join(".")],
  ["a hyphen in the middle", (w) => `${w.slice(0, 3)}-${w.slice(3)}`],
  ["accents", (w) => [...w].map((c) => `${c}\u0301\u0323`).join("")],
  ["fullwidth letters", (w) => [...w].map((c) => String.fromCodePoint(c.codePointAt(0)! + 0xfee0)).join("")],
  [
    "script letters",
    (w) => [...w.toLowerCase()].map((c) => String.fromCodePoint(c.codePointAt(0)! - 97 + 0x1d4ea)).join(""),
  ],
  ["stretched letters", (w) => w.replace(/[aeiou]/i, "$&$&$&$&$&")],
];

test.each(plain)("%s is caught in every disguise", (category, text, word) => {
  for (const [name, disguise] of disguises) {
    const found = assess(text.replace(word, disguise(word)));
    expect(found.verdict, `${name}: ${found.score}`).not.toBe("clean");
    expect(found.category, name).toBe(category);
  }
});

test.each(plain)("%s is caught among much harmless text", (_, text) => {
  const filler = "Take five photographs of the old bridge at sunrise. Send them as a ZIP file. ".repeat(30);
  expect(assess(`${filler}${text}. ${filler}`).verdict).not.toBe("clean");
});

test("letters squeezed together across words make no word", () => {
  for (const text of [
    "The rapist... no: therapist Ann, a b c, plan b",
    "Mass age groups",
    "We edit films in U.S.A.",
  ]) {
    expect(assess(text).verdict, text).toBe("clean");
  }
});

test("no text takes long, however it is made", () => {
  for (const text of ["x".repeat(20_000), "a ".repeat(10_000), "co-".repeat(7000), "毒".repeat(20_000)]) {
    expect(assess(text).score).toBeLessThanOrEqual(1);
  }
});
