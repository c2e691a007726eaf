import { expect, test } from "vitest";
import { headerValue } from "./session.ts";

test.each([
  ["get_wallet", "get_wallet"],
  ["two words", "two words"],
  ["x", "x"],
  ["", "=?base64??="],
  [" padded", "=?base64?IHBhZGRlZA==?="],
  ["line\nbreak", "=?base64?bGluZQpicmVhaw==?="],
  ["日本", "=?base64?5pel5pys?="],
  ["=?base64?eA==?=", "=?base64?PT9iYXNlNjQ/ZUE9PT89?="],
])("header value of %j", (value, expected) => {
  expect(headerValue(value)).toBe(expected);
});
