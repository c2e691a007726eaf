/** What each response tells browsers, and what other sites cannot do. The pages are stood in for: only Next is missing. */

import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { encode } from "next-auth/jwt";
import { describe, expect, test } from "vitest";
import { authCookies } from "../src/server/cookies.ts";
import { pagePolicy, TOASTER_STYLES } from "../src/server/page-headers.ts";
import { isForeignWrite } from "../src/server/same-site.ts";
import { expectRefusal, startApi } from "./api.ts";
import { SECRET } from "./database.ts";
import { rawRequest } from "./raw.ts";

const SITE = "https://humans.example";
const [plain, secure] = await Promise.all([startApi(), startApi({ PUBLIC_URL: SITE })]);
const human = await secure.human();

describe("a page", () => {
  const page = (headers: Record<string, string> = {}) => secure.send("/tasks", { headers });

  test("runs only the scripts of its own response, and is framed by nobody", async () => {
    const { headers } = await page();
    const policy = headers.get("content-security-policy") ?? "";
    const scripts = /script-src ([^;]+)/.exec(policy)?.[1] ?? "";
    expect(scripts).toMatch(/^'nonce-[A-Za-z0-9+/]{22}==' 'strict-dynamic'$/);
    expect(policy).not.toMatch(/script-src[^;]*unsafe|style-src[^;]*unsafe/);
    for (const closed of ["default-src", "base-uri", "object-src", "frame-ancestors"])
      expect(policy).toContain(`${closed} 'none'`);
    expect(policy).toContain("form-action 'self'");
    expect(policy).toContain("upgrade-insecure-requests");
    const next = (await page()).headers.get("content-security-policy");
    expect(next, "a new nonce each time").not.toBe(policy);
  });

  test("has the other headers that browsers look for", async () => {
    const { headers } = await page();
    expect(Object.fromEntries(headers)).toMatchObject({
      "strict-transport-security": "max-age=31536000; includeSubDomains",
      "x-content-type-options": "nosniff",
      "referrer-policy": "same-origin",
      "cross-origin-opener-policy": "same-origin",
      "cross-origin-resource-policy": "same-origin",
      "permissions-policy": expect.stringContaining("camera=()"),
    });
    expect(headers.has("x-powered-by")).toBe(false);
    expect(headers.has("server")).toBe(false);
  });

  test("is told the nonce by the listener, whatever the client sends", async () => {
    const forged = { "x-nonce": "mine", "content-security-policy": "script-src 'nonce-mine'" };
    const { headers, body } = await page({ ...forged, "content-security-policy-report-only": "x" });
    expect(body["content-security-policy"]).toBe(headers.get("content-security-policy"));
    expect(body["content-security-policy"]).toContain(`'nonce-${body["x-nonce"]}'`);
    expect(JSON.stringify(body)).not.toContain("mine");
    expect(body).not.toHaveProperty("content-security-policy-report-only");
  });

  test("makes no address of a Host or X-Forwarded-Host that a client made up", async () => {
    const { body } = await page({ "x-forwarded-host": "evil.example", "x-forwarded-proto": "gopher" });
    expect(body).toMatchObject({ "x-forwarded-host": "humans.example", "x-forwarded-proto": "https" });
  });

  test("over plain http promises no https", async () => {
    const { headers } = await plain.send("/tasks");
    expect(headers.has("strict-transport-security")).toBe(false);
    expect(headers.get("content-security-policy")).not.toContain("upgrade-insecure-requests");
  });
});

test("the API's replies are data: nothing in them may run, and none is kept by a cache", async () => {
  const refused = await secure.call("get_wallet");
  for (const { headers } of [await secure.send("/api/v1/health"), refused]) {
    expect(Object.fromEntries(headers)).toMatchObject({
      "content-security-policy": "default-src 'none'; frame-ancestors 'none'",
      "x-content-type-options": "nosniff",
      "strict-transport-security": expect.stringContaining("max-age=31536000"),
      "cache-control": "no-store",
    });
  }
});

test("the toaster's styles are those that the policy lets in", () => {
  const code = readFileSync(new URL("../node_modules/sonner/dist/index.mjs", import.meta.url), "utf8");
  const styles = JSON.parse(/__insertCSS\(("(?:[^"\\]|\\.)*")\)/.exec(code)?.[1] ?? '""');
  expect(TOASTER_STYLES).toBe(`sha256-${createHash("sha256").update(styles).digest("base64")}`);
  expect(pagePolicy("n", false)).toContain(`'${TOASTER_STYLES}'`);
});

test("cookies are bound to this host over https, out of scripts' reach, and not sent along from elsewhere", () => {
  for (const cookie of Object.values(authCookies(SITE))) {
    expect(cookie.name).toMatch(/^__Host-next-auth\./);
    expect(cookie.options).toEqual({ httpOnly: true, sameSite: "lax", path: "/", secure: true });
  }
  for (const cookie of Object.values(authCookies("http://localhost:3000"))) {
    expect(cookie.name).toMatch(/^next-auth\./);
    expect(cookie.options).toMatchObject({ httpOnly: true, secure: false });
  }
});

test("over https the session counts under its prefixed name only", async () => {
  const session = await encode({ token: { sub: human.id, sid: human.sessionId }, secret: SECRET });
  const list = (name: string) =>
    secure.send("/api/v1/files/file_none", { headers: { cookie: `${name}=${session}` } });
  expect((await list("__Host-next-auth.session-token")).status).toBe(404);
  for (const name of ["next-auth.session-token", "__Secure-next-auth.session-token"])
    expect((await list(name)).status, name).toBe(401);
});

/** What browsers send when a page elsewhere causes a request with the victim's cookies. */
const ATTACKS: [string, Record<string, string>][] = [
  ["another site", { origin: "https://evil.example", "sec-fetch-site": "cross-site" }],
  ["another site, in an old browser", { origin: "https://evil.example" }],
  ["a sibling domain", { origin: "https://blog.humans.example", "sec-fetch-site": "same-site" }],
  ["a sandboxed frame", { origin: "null", "sec-fetch-site": "cross-site" }],
  ["a sandboxed frame, in an old browser", { origin: "null" }],
  ["plain http", { origin: "http://humans.example", "sec-fetch-site": "cross-site" }],
  ["another port", { origin: "https://humans.example:8443" }],
  ["a link without Origin", { "sec-fetch-site": "cross-site" }],
];

describe.each(ATTACKS)("a write caused by %s", (_, headers) => {
  test("is refused at the pages' action, at sign-in and at the uploads", async () => {
    const session = await encode({ token: { sub: human.id, sid: human.sessionId }, secret: SECRET });
    const cookie = `__Host-next-auth.session-token=${session}`;
    const forms = { "content-type": "application/x-www-form-urlencoded", cookie, ...headers };
    for (const path of ["/tasks", "/api/auth/signout", "/api/auth/callback/credentials"]) {
      const answer = await secure.send(path, { method: "POST", headers: forms, body: "a=b" });
      expectRefusal(answer, 403, "FORBIDDEN", "Another site cannot act in your name.");
    }
    const body = new FormData();
    body.append("file", new Blob(["text"]), "a.txt");
    const upload = await secure.send("/api/v1/files", { headers: { cookie, ...headers }, body });
    expectRefusal(upload, 403, "FORBIDDEN", /Another site/);
    expect(await secure.sql`select id from file where owner_id = ${human.id}`).toEqual([]);
  });

  test("with a bearer, which no browser adds by itself, is nobody's forgery", async () => {
    const answer = await secure.call("get_wallet", {}, { as: human, headers });
    expect(answer.status).toBe(200);
  });
});

test.each([
  ["the site itself", { origin: SITE, "sec-fetch-site": "same-origin" }],
  ["the site itself, in an old browser", { origin: SITE }],
  ["an address bar", { "sec-fetch-site": "none" }],
  ["the name under which it is reached", { origin: "http://10.0.0.7:3000", host: "10.0.0.7:3000" }],
  ["no browser", {}],
])("a write of %s passes", (_, headers: Record<string, string>) => {
  expect(isForeignWrite("POST", (name) => headers[name] ?? null, SITE)).toBe(false);
});

test.each(["not an address", "file://", "data:x"])("the Origin %j is nobody's", (origin) => {
  const header = (name: string) => (name === "origin" ? origin : null);
  expect(isForeignWrite("POST", header, SITE)).toBe(true);
  expect(isForeignWrite("GET", header, SITE)).toBe(false);
});

test("headers beyond 16 kB are a 431", async () => {
  const head = `GET /tasks HTTP/1.1\r\nhost: x\r\nx: ${"y".repeat(17_000)}`;
  expect(await rawRequest(secure.port, `${head}\r\n\r\n`)).toMatch(/^HTTP\/1\.1 431 /);
});

test.each([
  ["a length beside chunks", "content-length: 4\r\ntransfer-encoding: chunked"],
  ["chunks under another name", "transfer-encoding: xchunked"],
  ["chunks twice", "transfer-encoding: chunked\r\ntransfer-encoding: identity"],
  ["two lengths", "content-length: 4\r\ncontent-length: 5"],
  ["a signed length", "content-length: +4"],
  ["a folded header", "x: 1\r\n content-length: 4"],
  ["a space before the colon", "content-length : 4"],
  ["a bare carriage return", "x: 1\rcontent-length: 4"],
])(
  "a request that two servers could read differently (%s) is cut off with its first reply",
  async (_, line) => {
    const smuggled = "GET /api/v1/health HTTP/1.1\r\nhost: x\r\n\r\n";
    const head = `POST /tasks HTTP/1.1\r\nhost: x\r\n${line}\r\n\r\n`;
    const reply = await rawRequest(secure.port, `${head}0\r\n\r\n${smuggled}`);
    expect(reply).toMatch(/^HTTP\/1\.1 4\d\d /);
    expect(reply).not.toContain('"status":"ok"');
  },
);
