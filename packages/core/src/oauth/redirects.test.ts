import { expect, test } from "vitest";
import { answerTo, isLoopback, isRedirectUri, matchesRedirect } from "./redirects.ts";

test.each([
  "https://app.example.org/cb",
  "http://localhost/cb",
  "http://127.0.0.1:1234/cb?x=1",
  "http://[::1]:9/",
  "cursor://anysphere.cursor-retrieval/oauth/callback",
  "com.example.app:/oauth",
])("%s may be named", (uri) => expect(isRedirectUri(uri)).toBe(true));

test.each([
  "http://app.example.org/cb",
  "http://localhost.evil.example/cb",
  "http://127.0.0.1.evil.example/",
  "http://localhost@evil.example/",
  "https://user:pass@app.example.org/",
  "https://app.example.org/cb#fragment",
  "https://app.example.org/a b",
  "https://app.example.org\\@evil.example/",
  "javascript:alert(1)",
  "javascript://%0aalert(1)",
  "JavaScript:/alert(1)",
  "data:text/html,x",
  "data:/text",
  "vbscript:/x",
  "blob:https://x/y",
  "file:///etc/passwd",
  "intent://x",
  "mailto:a@b.example",
  "//evil.example/cb",
  "/cb",
  "",
  `https://app.example.org/${"x".repeat(1000)}`,
])("%s may not", (uri) => expect(isRedirectUri(uri)).toBe(false));

test("an address matches letter by letter; on loopback, whatever the port", () => {
  const given = ["https://app.example.org/cb", "http://localhost:3000/cb", "http://127.0.0.1/cb"];
  for (const good of ["https://app.example.org/cb", "http://localhost:51234/cb", "http://127.0.0.1:8/cb"]) {
    expect(matchesRedirect(given, good), good).toBe(true);
  }
  for (const bad of [
    "https://app.example.org/cb/",
    "https://app.example.org/CB",
    "https://app.example.org:8443/cb",
    "https://evil.example/cb",
    "https://app.example.org/cb?x",
    "http://localhost:51234/other",
    "http://localhost:51234/cb?next=//evil.example",
    "http://[::1]:3000/cb",
    "https://localhost:3000/cb",
  ]) {
    expect(matchesRedirect(given, bad), bad).toBe(false);
  }
  expect(matchesRedirect(["javascript:alert(1)"], "javascript:alert(1)")).toBe(false);
});

test("loopback is this machine by its plain http addresses", () => {
  expect(isLoopback("http://localhost:1/x")).toBe(true);
  expect(isLoopback("https://localhost:1/x")).toBe(false);
});

test("an answer keeps the app's own query and overrides what only we say", () => {
  expect(answerTo("https://a.example.org/cb?x=1&code=theirs", { code: "ours", state: null })).toBe(
    "https://a.example.org/cb?x=1&code=ours",
  );
});
