import { expect, test } from "vitest";
import { readConfig } from "./config.ts";

test("the longest quiet wait that a tool offers ends before the client gives up", () => {
  const LONGEST_QUIET_CALL_MS = 50_000;
  expect(readConfig({}).timeoutMs).toBeGreaterThan(LONGEST_QUIET_CALL_MS + 20_000);
});

test("a setting that a client left as its name is none", () => {
  const left = readConfig({ API_KEY: `\${user_config.api_key}`, HUMANS2AI_URL: `\${user_config.server}` });
  expect(left).toEqual(readConfig({}));
  expect(readConfig({ API_KEY: " sk_live_1 " }).apiKey).toBe("sk_live_1");
});
