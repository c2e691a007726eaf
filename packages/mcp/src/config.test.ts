import { expect, test } from "vitest";
import { readConfig } from "./config.ts";

test("the longest quiet wait that a tool offers ends before the client gives up", () => {
  const LONGEST_QUIET_CALL_MS = 50_000;
  expect(readConfig({}).timeoutMs).toBeGreaterThan(LONGEST_QUIET_CALL_MS + 20_000);
});
