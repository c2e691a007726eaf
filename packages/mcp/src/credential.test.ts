import { expect, test } from "vitest";
import { CREDENTIAL_KEY, Credentials } from "./credential.ts";

const START = Date.parse("2026-11-20T10:00:00Z");

function handOver(credential: unknown) {
  return { jsonrpc: "2.0", id: 1, result: { _meta: { [CREDENTIAL_KEY]: credential } } };
}

test("a bearer is used until half a minute before its end, then the key it came with", () => {
  let now = START;
  const credentials = new Credentials("sk_live_env", () => now);
  expect(credentials.token()).toBe("sk_live_env");
  credentials.adopt(handOver({ bearer: "b", expiresAt: "2026-11-20T11:00:00Z", fallback: "sk_live_f" }));
  now = START + 3_569_999;
  expect(credentials.token()).toBe("b");
  now = START + 3_570_000;
  expect(credentials.token()).toBe("sk_live_f");
});

test("without a fallback the key of the environment comes back", () => {
  let now = START;
  const credentials = new Credentials("sk_live_env", () => now);
  credentials.adopt(handOver({ bearer: "b", expiresAt: "2026-11-20T11:00:00Z" }));
  now += 3_600_000;
  expect(credentials.token()).toBe("sk_live_env");
});

test("a refusal drops only the bearer that was refused", () => {
  const credentials = new Credentials(undefined, () => START);
  credentials.adopt(handOver({ bearer: "new", expiresAt: "2026-11-20T11:00:00Z" }));
  expect(credentials.refused("old")).toBe(true);
  expect(credentials.token()).toBe("new");
  expect(credentials.refused("new")).toBe(false);
  expect(credentials.token()).toBeUndefined();
});

test("an end that cannot be read means: until refused", () => {
  const credentials = new Credentials(undefined, () => START);
  credentials.adopt(handOver({ bearer: "b", expiresAt: "some day" }));
  expect(credentials.token()).toBe("b");
});

test("other answers are left alone, and odd hand-overs change nothing but are removed", () => {
  const credentials = new Credentials("sk_live_env", () => START);
  expect(credentials.adopt({ jsonrpc: "2.0", id: 1, result: { _meta: { x: 1 } } })).toBe(false);
  expect(credentials.adopt({ jsonrpc: "2.0", id: 1, error: { code: 1, message: "no" } })).toBe(false);
  const odd = handOver("just text");
  expect(credentials.adopt(odd)).toBe(true);
  expect(odd.result).toEqual({});
  expect(credentials.token()).toBe("sk_live_env");
});
