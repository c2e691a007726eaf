import { expect, test } from "vitest";
import { FORM } from "../../test/ask.ts";
import { checkAnswer, readable } from "./answer.ts";
import { FREE_TEXT, formOf } from "./schema.ts";

const form = formOf(FORM);
const faults = (schema: unknown, value: unknown): string[] => {
  const checked = checkAnswer(formOf(schema), value);
  return "faults" in checked ? checked.faults.map((f) => `${f.path}: ${f.message}`) : [];
};

test("an answer is kept as its schema has it, and can be read", () => {
  const given = {
    verdict: "left",
    sure: false,
    score: -0,
    colours: ["red", "blue"],
    why: " So. ",
    size: { cm: 1.5 },
  };
  const checked = checkAnswer(form, given);
  const kept = { ...given, score: 0, why: "So." };
  expect(checked).toEqual({ answer: kept });
  expect(readable(form, kept)).toBe(
    "Which one?: left\nsure: no\nscore: 0\ncolours: red, blue\nwhy: So.\nsize:\ncm: 1.5",
  );
  expect(checkAnswer(form, { verdict: "right", sure: true })).toEqual({
    answer: { verdict: "right", sure: true },
  });
  expect(checkAnswer(FREE_TEXT, " yes ")).toEqual({ answer: "yes" });
});

test("each fault is named by its field", () => {
  const wrong = {
    verdict: "up",
    score: 11,
    colours: ["red", "red"],
    why: "x".repeat(201),
    size: {},
    extra: 1,
  };
  expect(faults(FORM, wrong)).toEqual([
    "answer: must have no fields but those asked for",
    "verdict: must be one of the options",
    "sure: is required",
    "score: must be at most 10",
    "colours: must not name an option twice",
    "why: must have at most 200 characters",
    "size.cm: is required",
  ]);
});

test.each([
  [{ type: "boolean" }, "true", "must be yes or no"],
  [{ type: "integer" }, 1.5, "must be a whole number"],
  [{ type: "number" }, Number.NaN, "must be a number"],
  [{ type: "number" }, Number.POSITIVE_INFINITY, "must be a number"],
  [{ type: "number" }, "1", "must be a number"],
  [{ type: "number" }, 1.7e308, "must be from -1000000000000000 to 1000000000000000"],
  [{ type: "integer" }, -2e15, "must be from"],
  [{ type: "string" }, "", "must not be empty"],
  [{ type: "string" }, " .!?… ", "must have a letter or a digit"],
  [{ type: "string", minLength: 2 }, "🙂🙂", "must have a letter or a digit"],
  [{ type: "string" }, 7, "must be text"],
  [{ type: "string" }, "a\u0000b", "must not contain NUL"],
  [{ type: "string" }, "a\ud800b", "must not contain NUL"],
  [{ type: "string", minLength: 3 }, " ab ", "at least 3"],
  [{ type: "string", format: "email" }, "nobody", "must be an email"],
  [{ type: "string", format: "email" }, `${"a.".repeat(500)}@b`, "must be an email"],
  [{ type: "string", format: "uri" }, "javascript:alert(1)", "must be a full web address"],
  [{ type: "string", format: "uri" }, "//example.com", "must be a full web address"],
  [{ type: "string", format: "date" }, "2026-02-30", "must be a date"],
  [{ type: "string", format: "date-time" }, "2026-02-03T10:00", "must be a date and time"],
  [{ type: "string", format: "date-time" }, "2026-02-30T10:00:00Z", "must be a date and time"],
  [
    { type: "array", items: { type: "string", enum: ["a", "b"] }, minItems: 1 },
    [],
    "must have 1 to 2 choices",
  ],
  [{ type: "array", items: { type: "string", enum: ["a", "b"] } }, ["c"], "must be of the options"],
  [
    { type: "array", items: { type: "string", format: "uri" } },
    ["https://a.example", "b"],
    "line 2 must be a full",
  ],
  [{ type: "array", items: { type: "string" } }, "a", "must be a list"],
  [FORM, [], "must be an object"],
  [FORM, null, "must be an object"],
])("%j does not take %j", (schema, value, said) => {
  expect(faults(schema, value).join()).toContain(said);
});

test("the texts of an answer have a limit together", () => {
  const texts = {
    type: "object",
    properties: { a: { type: "string", maxLength: 5000 }, b: { type: "array", items: { type: "string" } } },
  };
  const of = (a: number, b: number) => ({
    a: "x".repeat(a),
    b: Array.from({ length: b }, () => "y".repeat(1000)),
  });
  expect(faults(texts, of(5000, 5))).toEqual([]);
  expect(faults(texts, of(5000, 6))).toEqual(["answer: must have at most 10000 characters in all"]);
});

test("no answer reaches what every object has", () => {
  const hostile = JSON.parse('{"verdict":"left","sure":true,"__proto__":{"polluted":1}}');
  expect(faults(FORM, hostile)).toEqual(["answer: must have no fields but those asked for"]);
  expect(
    faults(
      { type: "object", properties: { a: { type: "string" } }, required: ["a"] },
      Object.create({ a: "x" }),
    ),
  ).toEqual(["a: is required"]);
  expect(({} as Record<string, unknown>).polluted).toBeUndefined();
});
