import { expect, test } from "vitest";
import { LineReader } from "./stdio.ts";

function read(pieces: Buffer[], limit?: number) {
  const lines: string[] = [];
  let tooLong = 0;
  const reader = new LineReader(
    (line) => lines.push(line),
    () => tooLong++,
    limit,
  );
  for (const piece of pieces) reader.push(piece);
  reader.end();
  return { lines, tooLong };
}

test("lines come out whole wherever the bytes are cut", () => {
  const bytes = Buffer.from('{"a":"é🙂"}\r\n\n  \n{"b":2}\nlast');
  const expected = { lines: ['{"a":"é🙂"}', '{"b":2}', "last"], tooLong: 0 };
  for (let cut = 0; cut <= bytes.length; cut++) {
    expect(read([bytes.subarray(0, cut), bytes.subarray(cut)])).toEqual(expected);
  }
});

test("a line beyond the limit is reported once and the next one is read", () => {
  const long = Buffer.from("x".repeat(8));
  expect(read([long, long, long, Buffer.from("\nok\n")], 20)).toEqual({ lines: ["ok"], tooLong: 1 });
});
