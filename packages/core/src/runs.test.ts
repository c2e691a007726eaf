import { expect, test } from "vitest";
import { lengthOf, RUN_BUCKETS, runOdds, runsOf } from "./runs.ts";

test("a text's runs are the same each time, each once, and none is out of bounds", () => {
  const runs = runsOf("pay me, pay me, pay me");
  expect(runsOf("pay me, pay me, pay me")).toEqual(runs);
  expect(new Set(runs).size).toBe(runs.length);
  expect(Math.max(...runs)).toBeLessThan(RUN_BUCKETS);
  expect(runsOf("").length).toBe(0);
});

test("runs go across words, and numbers are all alike", () => {
  const apart = new Set([...runsOf("pay"), ...runsOf("me")]);
  expect([...runsOf("pay me")].filter((run) => !apart.has(run)).length).toBeGreaterThan(0);
  expect(runsOf("room 217")).toEqual(runsOf("room 845"));
});

test("what is said over and over counts once, and unknown words count nothing", () => {
  const [bad] = runsOf("bad");
  const trust = new Float32Array(RUN_BUCKETS);
  const table = new Float32Array(RUN_BUCKETS);
  trust[bad!] = 20;
  table[bad!] = 3;
  const odds = (text: string) => runOdds({ bias: -1, trust, table }, runsOf(text));
  expect(odds("")).toBe(-1);
  expect(odds("good")).toBe(-1);
  expect(odds("bad")).toBe(2);
  expect(odds(`bad ${"and more words ".repeat(50)}bad`)).toBe(2);
  expect(lengthOf(trust, runsOf("bad"))).toBe(20);
  trust[bad!] = 2;
  expect(odds("bad")).toBeCloseTo(-1 + (2 * 3) / lengthOf(trust, runsOf("good")));
  expect(odds("bad")).toBeLessThan(0);
});
