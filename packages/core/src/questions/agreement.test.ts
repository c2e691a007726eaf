import fc from "fast-check";
import { expect, test } from "vitest";
import { agreementOf, median, wilson } from "./agreement.ts";
import { type Answer, FREE_TEXT, formOf } from "./schema.ts";

const one = (schema: unknown, answers: Answer[]) => agreementOf(formOf(schema), answers)[0];

test.each([
  [0, 0, 0],
  [0, 5, 0],
  [1, 1, 0.2065],
  [3, 5, 0.2307],
  [5, 5, 0.5655],
  [50, 50, 0.9287],
])("Wilson's lower end of %d in %d is %d", (count, of, expected) => {
  expect(wilson(count, of)).toBeCloseTo(expected, 3);
});

test("it is never above the share, grows with the count, and with the number at the same share", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 50 }), fc.nat(50), (of, n) => {
      const count = Math.min(n, of);
      expect(wilson(count, of)).toBeLessThanOrEqual(count / of);
      if (count < of) expect(wilson(count + 1, of)).toBeGreaterThan(wilson(count, of));
      if (count > 0) expect(wilson(2 * count, 2 * of)).toBeGreaterThan(wilson(count, of));
    }),
  );
});

test("texts agree whatever their case, spaces and full stops", () => {
  const [agreed] = agreementOf(FREE_TEXT, ["Yes.", " yes", "YES!", "no"]);
  expect(agreed).toEqual({
    field: "answer",
    majority: "Yes.",
    count: 3,
    of: 4,
    share: 0.75,
    confidence: 0.3,
  });
  expect(agreementOf(FREE_TEXT, ["?", "!"])[0]).toMatchObject({ count: 1, majority: null });
});

test("texts that grow or never end do not keep it busy, and long ones are compared to their end", () => {
  const hostile = [`a${"⁗".repeat(4998)}a`, `a${"!".repeat(4998)}a`, "\ufdfa".repeat(5000), "?".repeat(5000)];
  for (const text of hostile) {
    const texts = Array.from({ length: 50 }, () => text);
    expect(agreementOf(FREE_TEXT, texts)[0]).toMatchObject({ count: 50 });
  }
  const long = "x".repeat(600);
  expect(agreementOf(FREE_TEXT, [`${long}a`, `${long}b`])[0]).toMatchObject({ count: 1, majority: null });
});

test("the median of the largest numbers is a number", () => {
  expect(median([Number.MAX_VALUE, Number.MAX_VALUE])).toBe(Number.MAX_VALUE);
});

test("a tie has no majority; lists agree in any order; numbers have a median", () => {
  expect(one({ type: "boolean" }, [true, false])).toMatchObject({
    majority: null,
    count: 1,
    of: 2,
    share: 0.5,
  });
  const list = { type: "array", items: { type: "string", enum: ["a", "b"] } };
  expect(one(list, [["a", "b"], ["b", "a"], ["a"]])).toMatchObject({ majority: ["a", "b"], count: 2 });
  expect(one({ type: "number" }, [1, 2, 10])).toMatchObject({ median: 2, majority: null });
  expect([median([]), median([3]), median([4, 1]), median([9, 1, 5])]).toEqual([undefined, 3, 2.5, 5]);
});

test("who leaves a field out has no vote in it, at any depth", () => {
  const form = formOf({
    type: "object",
    properties: { a: { type: "string" }, b: { type: "object", properties: { c: { type: "boolean" } } } },
  });
  expect(agreementOf(form, [{ a: "x" }, { b: { c: true } }, {}])).toMatchObject([
    { field: "a", majority: "x", of: 1 },
    { field: "b.c", majority: true, of: 1 },
  ]);
});
