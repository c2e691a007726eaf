import { expect, test } from "vitest";
import { SseParser, TooLargeError } from "./sse.ts";

const STREAM =
  "\uFEFFdata: one\n\n: comment\r\n\r\nevent: message\r\ndata:two\r\ndata:  lines\r\n\r\nevent: other\ndata: not this\n\n" +
  "id: 4\nretry: 10\ndata\n\ndata: three\r\rdata: unfinished";

function parse(pieces: string[]): string[] {
  const found: string[] = [];
  const parser = new SseParser((data) => found.push(data));
  for (const piece of pieces) parser.push(piece);
  return found;
}

test("wherever the stream is cut, the same events come out", () => {
  const whole = parse([STREAM]);
  expect(whole).toEqual(["one", "two\n lines", "three"]);
  for (let cut = 1; cut < STREAM.length; cut++) {
    expect(parse([STREAM.slice(0, cut), STREAM.slice(cut)])).toEqual(whole);
  }
  expect(parse([...STREAM])).toEqual(whole);
});

test("an event beyond the limit is refused, many small ones are not", () => {
  const parser = new SseParser(() => undefined, 100);
  for (let n = 0; n < 50; n++) parser.push(`: keep-alive ${n}\n\nid: ${n}\ndata: ${n}\n\n`);
  for (let n = 0; n < 50; n++) parser.push(": keep-alive\n");
  expect(() => parser.push(`data: ${"x".repeat(60)}\ndata: ${"x".repeat(60)}`)).toThrow(TooLargeError);
});
