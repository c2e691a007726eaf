/** Apps whose id is the address of their description: fetched with care, believed only about themselves. */

import { mkdtempSync, writeFileSync } from "node:fs";
import { rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { CALLBACK, oauthOf, pkce, startOauth } from "./oauth.ts";
import { LOCALHOST_TLS, startReceiver } from "./receiver.ts";

const folder = mkdtempSync(join(tmpdir(), "h2a-oauth-"));
afterAll(() => rm(folder, { recursive: true }));
const trusted = join(folder, "ca.pem");
writeFileSync(trusted, LOCALHOST_TLS.cert);

const document = (path: string, over: object = {}) =>
  JSON.stringify({
    client_id: `${host}${path}`,
    client_name: "Described\u202e  app",
    redirect_uris: [CALLBACK],
    token_endpoint_auth_method: "none",
    ...over,
  });
/** What is served at a path beside the good description: a status, a type, a body. */
const odd: Record<string, () => [number, Record<string, string>, string]> = {
  "/other.json": () => [200, {}, document("/good.json")],
  "/moved.json": () => [302, { location: `${host}/target.json` }, ""],
  "/gone.json": () => [404, {}, document("/gone.json")],
  "/page.json": () => [200, { "content-type": "text/html" }, document("/page.json")],
  "/text.json": () => [200, {}, "no JSON"],
  "/list.json": () => [200, {}, "[]"],
  "/large.json": () => [200, {}, document("/large.json", { client_name: "x".repeat(20_000) })],
  "/secret.json": () => [200, {}, document("/secret.json", { client_secret: "s" })],
  "/basic.json": () => [
    200,
    {},
    document("/basic.json", { token_endpoint_auth_method: "client_secret_basic" }),
  ],
  "/script.json": () => [200, {}, document("/script.json", { redirect_uris: ["javascript:alert(1)"] })],
  "/plain.json": () => [200, {}, document("/plain.json", { redirect_uris: ["http://evil.example/cb"] })],
  "/none.json": () => [200, {}, document("/none.json", { redirect_uris: [] })],
};
const site = await startReceiver((res, { path }) => {
  const [status, headers, body] = odd[path]?.() ?? [200, {}, document(path)];
  res.writeHead(status, { "content-type": "application/json", ...headers }).end(body);
}, LOCALHOST_TLS);
const host = `https://localhost:${site.port}`;

const lenient = await startOauth({ WEBHOOK_ALLOW_PRIVATE: "1", NODE_EXTRA_CA_CERTS: trusted });
const agent = await lenient.agent();
const { browser, codeFor, exchange, requestOf } = oauthOf(lenient);

test("an app that describes itself is shown with its host, and gets its tokens", async () => {
  const clientId = `${host}/good.json`;
  const window = browser();
  const { location } = await window.open(requestOf(clientId, pkce()));
  const request = { requestId: location!.split("/").at(-1)!, browserToken: window.token() };
  const { body } = await lenient.call("get_app_request", request, { as: agent });
  expect(body.result).toMatchObject({ appName: "Described app", appHost: `localhost:${site.port}` });
  const { code, keys } = await codeFor(clientId, agent);
  expect((await exchange(clientId, code, keys)).status).toBe(200);
  const { apps } = (await lenient.send("/api/v1/apps", { as: agent })).body.result;
  expect(apps[0]).toMatchObject({ appName: "Described app", appHost: `localhost:${site.port}` });
});

test("a description is fetched once for a while, however many ask at once", async () => {
  const clientId = `${host}/popular.json`;
  const many = Array.from({ length: 10 }, () => browser().open(requestOf(clientId, pkce())));
  expect((await Promise.all(many)).map(({ status }) => status)).toEqual(Array(10).fill(303));
  await browser().open(requestOf(clientId, pkce()));
  expect(site.at("/popular.json")).toHaveLength(1);
});

test("its answers go where it says only, on any port of the own machine", async () => {
  const clientId = `${host}/good.json`;
  const at = async (redirect_uri: string) =>
    (await browser().open({ ...requestOf(clientId, pkce()), redirect_uri })).status;
  expect(await at("http://127.0.0.1:1/callback")).toBe(303);
  expect(await at(`${host}/callback`)).toBe(400);
  expect(await at("https://evil.example/callback")).toBe(400);
});

test.each(Object.keys(odd))("%s is no description", async (path) => {
  const { status, location, text } = await browser().open(requestOf(host + path, pkce()));
  expect([status, location]).toEqual([400, null]);
  expect(text).toContain("The app's description");
  expect(site.at(path)).toHaveLength(1);
  expect(site.at("/target.json")).toHaveLength(0);
});

test("one host is not asked without end by one caller", async () => {
  const subject = `oauth_document:127.0.0.1@${new URL(host).host}`;
  await lenient.sql`update rate_limit set counts[1] = 1000 where subject = ${subject}`;
  const before = site.got.length;
  const { status } = await browser().open(requestOf(`${host}/one-more.json`, pkce()));
  expect(status).toBe(429);
  expect(site.got).toHaveLength(before);
  const others =
    await lenient.sql`select from rate_limit where subject like ${`oauth_document:%${host.slice(8)}`}`;
  expect(others, "the host's hour is nobody's but the caller's").toHaveLength(1);
  await lenient.sql`delete from rate_limit where subject = ${subject}`;
});

describe("on a real site", async () => {
  const strict = await startOauth({ NODE_EXTRA_CA_CERTS: trusted, OAUTH_REGISTRATION: "0" });
  const to = oauthOf(strict);

  test.each([
    `${host}/good.json`,
    `https://127.0.0.1:${site.port}/good.json`,
    "https://10.0.0.1/client.json",
    "https://[::1]/client.json",
    "https://[::ffff:127.0.0.1]/client.json",
    "https://169.254.169.254/latest/meta-data",
    "https://2130706433/client.json",
    "https://metadata.google.internal/client.json",
    "https://printer.local/client.json",
    "https://localhost/client.json",
    "https://apps.example.org:22/client.json",
    "https://user:pass@apps.example.org/client.json",
    "https://apps.example.org",
    "https://apps.example.org/",
    "https://apps.example.org/client.json#fragment",
    "https://apps.example.org/a/../client.json",
    "http://apps.example.org/client.json",
    "file:///etc/passwd",
  ])("%s is not asked", async (clientId) => {
    const before = site.got.length;
    const { status, location } = await to.browser().open(to.requestOf(clientId, pkce()));
    expect([status, location]).toEqual([400, null]);
    expect(site.got).toHaveLength(before);
  });

  test("nobody registers where that is switched off", async () => {
    const { body } = await strict.send("/.well-known/oauth-authorization-server");
    expect(body).not.toHaveProperty("registration_endpoint");
    const { status } = await strict.send("/oauth/register", { body: { redirect_uris: [CALLBACK] } });
    expect(status).toBe(404);
  });
});

describe("registration", () => {
  const send = (body: unknown) => lenient.send("/oauth/register", { body });

  test.each([
    [{ redirect_uris: ["javascript:alert(1)"] }, "invalid_redirect_uri"],
    [{ redirect_uris: ["http://evil.example/cb"] }, "invalid_redirect_uri"],
    [{ redirect_uris: [CALLBACK, "data:text/html,x"] }, "invalid_redirect_uri"],
    [{ redirect_uris: [] }, "invalid_client_metadata"],
    [{ redirect_uris: Array(11).fill(CALLBACK) }, "invalid_client_metadata"],
    [{}, "invalid_client_metadata"],
    [[], "invalid_client_metadata"],
    ["{", "invalid_request"],
  ])("of %j is refused", async (body, error) => {
    const answer = await send(body);
    expect([answer.status, answer.body.error]).toEqual([400, error]);
  });

  test("gives no secret, and no more than twenty an hour to one address", async () => {
    const first = await send({
      redirect_uris: [CALLBACK],
      token_endpoint_auth_method: "client_secret_post",
      client_name: "<b>An app</b>",
    });
    expect(first.status).toBe(201);
    expect(first.body).toEqual({
      client_id: expect.stringMatching(/^client_/),
      client_id_issued_at: expect.any(Number),
      client_name: "<b>An app</b>",
      redirect_uris: [CALLBACK],
      grant_types: ["authorization_code", "refresh_token"],
      response_types: ["code"],
      token_endpoint_auth_method: "none",
    });
    const more = await Promise.all(Array.from({ length: 25 }, () => send({ redirect_uris: [CALLBACK] })));
    expect(more.filter(({ status }) => status === 201)).toHaveLength(19);
    const late = more.find(({ status }) => status === 429)!;
    expect(Number(late.headers.get("retry-after"))).toBeGreaterThan(0);
  });
});
