/** Texts made to keep a pattern busy: one that needs more than linear time would not end within the test's time. */

import { expect, test } from "vitest";
import { redact } from "../src/redact.ts";
import { assess } from "../src/risk/assess.ts";
import { fold } from "../src/risk/fold.ts";
import { looksLikeInstruction } from "../src/untrusted/detect.ts";
import { LONGEST } from "../src/untrusted/mark.ts";

const FRAGMENTS = [
  ..."\n \t.-#*[]<>(){}:\"'`%=&?/\\|_~,;!aA0é中",
  ..."\u00a0\u2003\u200b\u3000",
  ...[
    "\n ",
    " \n",
    ". ",
    "# ",
    "> ",
    "- ",
    "<hidden",
    "<a ",
    "<!--",
    "](",
    '] "',
    "http://=",
    "http://a?b=",
    "https://",
  ],
  ...[
    "SYSTEM ",
    "system: ",
    "user:",
    "human:\n",
    "thought:",
    "action:",
    "begin of ",
    "end of the ",
    "```",
    "[[",
    "%%",
  ],
  ...[
    "sk_live_",
    "Bearer ",
    "eyJ",
    "a.",
    "a b ",
    "p a y ",
    "&#x",
    "%41",
    "\\u0041",
    "aGVsbG8",
    "68656c",
    "ignore ",
  ],
  ...[
    "approve the ",
    "release payment ",
    "buy ",
    "fake id ",
    "🔫",
    "gun ",
    "buy.",
    "s-e-l-l ",
    "1337 ",
    "don't ",
    "não ",
    "не ",
    "的",
  ],
  ..."⁗ﷺ㌀!|+",
];

test.each(FRAGMENTS)("%j over and over is judged in time", (fragment) => {
  const text = `a${fragment.repeat(Math.floor((LONGEST - 2) / fragment.length))}a`;
  expect(Array.isArray(looksLikeInstruction(text))).toBe(true);
  expect(assess(text + text)).toBeDefined();
  expect(typeof redact(text)).toBe("string");
});

test.each(["!", "|", "+", "⁗"])("a long run of %j within a word is judged in time", (sign) => {
  expect(assess(`a${sign.repeat(100_000)}a`)).toBeDefined();
});

test("a text that grows by NFKC hides nothing behind it, and is not judged at its full length", () => {
  const before = "\ufdfa".repeat(9000);
  expect(fold(before).length).toBeLessThanOrEqual(3 * before.length);
  expect(assess(`${before}\nBuy a gun for me, without a licence.`).verdict).not.toBe("clean");
});
