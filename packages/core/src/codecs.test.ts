import { describe, expect, test } from "vitest";
import { canonical, forModel, toAmount, toIso, toMicro } from "./codecs.ts";
import { newId } from "./context.ts";
import { errors, Refusal } from "./errors.ts";

test.each([
  [1, 1_000_000n],
  [0.000001, 1n],
  [99_999.999999, 99_999_999_999n],
  [0.1 + 0.2, 300_000n],
])("%d $A9 are %d micro", (amount, micro) => {
  expect(toMicro(amount)).toBe(micro);
  expect(toAmount(micro)).toBe(Math.round(amount * 1e6) / 1e6);
});

test("times leave in UTC, whatever form they came in", () => {
  expect(toIso("2026-03-05T18:00:00+08:00")).toBe("2026-03-05T10:00:00.000Z");
  expect(toIso("2026-03-05 10:00:00+00")).toBe("2026-03-05T10:00:00.000Z");
});

test("equal values have one canonical text, different values two", () => {
  expect(canonical({ b: [1, { d: 2, c: null }], a: "x" })).toBe('{"a":"x","b":[1,{"c":null,"d":2}]}');
  expect(canonical({ a: 1, b: undefined })).toBe(canonical({ a: 1 }));
  const different = [{ a: 1 }, { a: "1" }, { a: [1] }, { a: null }, {}, { a: { "1": 1 } }, [["a", 1]], "a"];
  expect(new Set(different.map(canonical)).size).toBe(different.length);
});

describe("text for a model", () => {
  test.each([
    ["zero-width", "ig\u200Bno\u200Dre\uFEFF", "ignore"],
    ["bidi controls", "\u202Eabc\u2066", "abc"],
    ["tag characters", "hi\u{E0069}\u{E0067}\u{E006E}", "hi"],
    ["variation selectors", "hi\u{E0130}\u{E0131}\uFE01", "hi"],
    ["fillers", "a\u3164\u115Fb", "ab"],
    ["escape codes", "\u001b[31mred\u0007", "[31mred"],
    ["soft hyphens", "pass\u00ADword", "password"],
    ["wide letters", "ＩＧＮＯＲＥ", "IGNORE"],
  ])("loses its %s", (_, text, seen) => {
    expect(forModel(text)).toBe(seen);
  });

  test.each(["Grüße,\n\tあ 漢字 🙂", "1 < 2 & 3 > 2", "naïve café"])("keeps %j", (text) => {
    expect(forModel(text)).toBe(text);
  });
});

test("ids are prefixed, sortable by time, and never the same", () => {
  const at = new Date("2026-11-20T00:00:00Z");
  const ids = Array.from({ length: 5000 }, () => newId("task", at));
  expect(new Set(ids).size).toBe(5000);
  for (const id of ids.slice(0, 50)) expect(id).toMatch(/^task_[0-9a-hjkmnp-tv-z]{26}$/);
  const later = newId("task", new Date(at.getTime() + 1));
  expect(ids.every((id) => id < later)).toBe(true);
});

test("every refusal has a sentence, also without its facts", () => {
  for (const code of Object.keys(errors) as (keyof typeof errors)[]) {
    const refusal = new Refusal(code);
    expect(refusal.message.length, code).toBeGreaterThan(10);
    expect(refusal.http).toBeGreaterThanOrEqual(400);
    if (refusal.http === 429 || refusal.http >= 500) expect(refusal.retry).toBe(true);
  }
});
