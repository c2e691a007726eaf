import { expect, test } from "vitest";
import { BUDGET_MS, MAX_TRIES, parseRetryAfter, pause, retryDelay, Stop } from "./retry.ts";

const state = { tries: 1, elapsedMs: 0, baseMs: 250, retryAfterMs: undefined };

test("waits grow, with jitter, and end after the last try", () => {
  expect(retryDelay(state, () => 0)).toBe(125);
  expect(retryDelay(state, () => 1)).toBe(250);
  expect(retryDelay({ ...state, tries: 3 }, () => 1)).toBe(1000);
  expect(retryDelay({ ...state, tries: MAX_TRIES })).toBeUndefined();
});

test("what the server asks for is kept to, or there is no next try", () => {
  expect(retryDelay({ ...state, retryAfterMs: 3000 }, () => 0)).toBe(3000);
  expect(retryDelay({ ...state, retryAfterMs: BUDGET_MS + 1 }, () => 0)).toBeUndefined();
  expect(retryDelay({ ...state, elapsedMs: BUDGET_MS }, () => 0)).toBeUndefined();
});

test("Retry-After is read as seconds or as a date", () => {
  const now = Date.parse("2026-11-20T10:00:00Z");
  expect(parseRetryAfter("7", now)).toBe(7000);
  expect(parseRetryAfter("Fri, 20 Nov 2026 10:00:05 GMT", now)).toBe(5000);
  expect(parseRetryAfter("Fri, 20 Nov 2026 09:00:00 GMT", now)).toBe(0);
  expect(parseRetryAfter("soon", now)).toBeUndefined();
  expect(parseRetryAfter(undefined, now)).toBeUndefined();
});

test("a pause ends early when somebody wants to stop, before or during it", async () => {
  const stop = new Stop();
  const paused = pause(3_600_000, stop);
  stop.stop();
  await paused;
  await pause(3_600_000, stop);
  expect(stop.stopped).toBe(true);
});
