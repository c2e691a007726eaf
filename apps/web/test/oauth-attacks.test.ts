/** What is tried against the authorization server, and comes to nothing. */

import { describe, expect, test } from "vitest";
import type { Answer } from "./api.ts";
import { rpcOf } from "./mcp.ts";
import { CALLBACK, oauthOf, pkce, startOauth } from "./oauth.ts";

const api = await startOauth({ RATE_LIMIT_KEY: "100000" });
const agent = await api.agent();
const { browser, codeFor, exchange, form, refresh, register, requestOf } = oauthOf(api);
const { legacy } = rpcOf(api);

/** The HTTP status of a call with this token, over MCP. */
const statusOf = async (token: string) =>
  (await legacy("tools/call", { name: "list_tasks" }, { as: token })).status;
const expectGrantError = ({ status, body }: Answer, error = "invalid_grant") =>
  expect([status, body.error]).toEqual([400, error]);

describe("a code", () => {
  test("without its verifier is used up by the first guess", async () => {
    const clientId = await register();
    const { code, keys } = await codeFor(clientId, agent);
    expectGrantError(await exchange(clientId, code, pkce()));
    expectGrantError(await exchange(clientId, code, keys));
    const other = await codeFor(clientId, agent);
    expectGrantError(
      await form("/oauth/token", {
        grant_type: "authorization_code",
        client_id: clientId,
        code: other.code,
        redirect_uri: CALLBACK,
      }),
    );
  });

  test("that is used twice ends what came of it", async () => {
    const clientId = await register();
    const { code, keys } = await codeFor(clientId, agent);
    const { body } = await exchange(clientId, code, keys);
    expect(await statusOf(body.access_token)).toBe(200);
    expectGrantError(await exchange(clientId, code, keys));
    expect(await statusOf(body.access_token)).toBe(401);
    expectGrantError(await refresh(clientId, body.refresh_token));
  });

  test("is exchanged once, however many try at once", async () => {
    const clientId = await register();
    const { code, keys } = await codeFor(clientId, agent);
    const all = await Promise.all(Array.from({ length: 8 }, () => exchange(clientId, code, keys)));
    expect(all.filter((answer) => answer.status === 200).length).toBeLessThanOrEqual(1);
    for (const { body } of all.filter((answer) => answer.status === 200)) {
      expect(await statusOf(body.access_token)).toBe(401);
    }
  });

  test("is no good to another client, which does not use it up", async () => {
    const clientId = await register();
    const { code, keys } = await codeFor(clientId, agent);
    expectGrantError(await exchange(await register("Another App"), code, keys));
    expect((await exchange(clientId, code, keys)).status).toBe(200);
  });

  test("is good only with the address that it went to, and for a minute", async () => {
    const clientId = await register("Two", [CALLBACK, "https://app.example.org/cb"]);
    const first = await codeFor(clientId, agent);
    const elsewhere = { redirect_uri: "https://app.example.org/cb" };
    const { status } = await exchange(clientId, first.code, first.keys, elsewhere);
    expect(status).toBe(400);
    const late = await codeFor(clientId, agent);
    await api.sql`update oauth_token set expires_at = expires_at - interval '61 seconds' where kind = 'code'`;
    expectGrantError(await exchange(clientId, late.code, late.keys));
  });
});

describe("an app's link", () => {
  test.each([
    "https://evil.example/cb",
    "http://127.0.0.1:7777/other",
    "http://127.0.0.1.evil.example:7777/callback",
    "http://evil.example@127.0.0.1:7777/callback",
    "javascript:alert(1)",
    `${CALLBACK}?next=https://evil.example`,
    "//evil.example",
    "",
  ])("that wants its answer at %j sends the browser nowhere", async (redirectUri) => {
    const clientId = await register();
    const query = { ...requestOf(clientId, pkce()), redirect_uri: redirectUri };
    const { status, location, text } = await browser().open(query);
    expect([status, location]).toEqual([400, null]);
    expect(text).toContain("This app cannot be connected");
  });

  test("of a client that is not there sends it nowhere", async () => {
    for (const id of ["client_none", "", "<script>", "x".repeat(5000)]) {
      const { status, location, text } = await browser().open(requestOf(id, pkce()));
      expect([status, location]).toEqual([400, null]);
      expect(text).not.toContain("<script>");
    }
  });

  test.each<[string, Record<string, string | string[]>, string]>([
    ["without PKCE", { code_challenge: "" }, "invalid_request"],
    ["with plain PKCE", { code_challenge_method: "plain" }, "invalid_request"],
    ["that names no method", { code_challenge_method: "" }, "invalid_request"],
    ["for a token at once", { response_type: "token" }, "unsupported_response_type"],
    ["for another server's resource", { resource: "https://evil.example/mcp" }, "invalid_target"],
    [
      "for two resources, one foreign",
      { resource: [`${api.url}/mcp`, "https://evil.example"] },
      "invalid_target",
    ],
    ["for nothing that there is", { scope: "keys:write admin" }, "invalid_scope"],
  ])("%s is answered at the app's address", async (_, over, error) => {
    const clientId = await register();
    const { status, location } = await browser().open(requestOf(clientId, pkce(), over));
    const to = new URL(location!);
    expect([status, `${to.origin}${to.pathname}`]).toEqual([303, CALLBACK]);
    expect(Object.fromEntries(to.searchParams)).toMatchObject({ error, state: "the state", iss: api.url });
  });

  test.each(["https://evil.example/cb", "com.evil.app:/cb"])(
    "sends nobody to %s, which registered itself, before the owner said yes",
    async (uri) => {
      const clientId = await register(uri, [uri]);
      const sound = { ...requestOf(clientId, pkce()), redirect_uri: uri };
      for (const over of [
        { scope: "admin" },
        { code_challenge: "" },
        { response_type: "token" },
        { resource: "https://evil.example" },
      ]) {
        const { status, location, text } = await browser().open({ ...sound, ...over });
        expect([status, location]).toEqual([400, null]);
        expect(text).toContain("This app cannot be connected");
      }
      expect((await browser().open(sound)).location).toMatch(/^\/oauth\/consent\//);
    },
  );

  test("that says something twice is not guessed at", async () => {
    const clientId = await register();
    const { status, location } = await browser().open({
      ...requestOf(clientId, pkce()),
      state: ["one", "two"],
    });
    expect([status, location]).toEqual([400, null]);
  });
});

describe("consent", () => {
  test("is given only in the browser in which it was asked for", async () => {
    const clientId = await register();
    const [mine, theirs] = [browser(), browser()];
    const opened = await theirs.open(requestOf(clientId, pkce()));
    await mine.open(requestOf(clientId, pkce()));
    const requestId = opened.location!.split("/").at(-1)!;
    // Somebody else's link, opened by a signed-in owner: there is nothing to say yes to.
    const answer = await mine.answer(agent, requestId, ["tasks:read"]);
    expect(answer.body.error.code).toBe("APP_REQUEST_NOT_FOUND");
  });

  test("is in no frame, and not given by another site", async () => {
    const page = await api.send("/oauth/consent/areq_x");
    expect(page.headers.get("content-security-policy")).toContain("frame-ancestors 'none'");
    const posted = await api.send("/oauth/consent/areq_x", {
      body: "x",
      headers: { "sec-fetch-site": "cross-site", origin: "https://evil.example" },
    });
    expect([posted.status, posted.body.error.code]).toEqual([403, "FORBIDDEN"]);
  });

  test("keeps its browser by a cookie that no script reads and no other site sends along", async () => {
    const { set } = await browser().open(requestOf(await register(), pkce()));
    expect(set).toMatch(/^oauth-browser=oab_[\w-]{32}; Path=\/; Max-Age=3600; HttpOnly; SameSite=Lax$/);
    const chosen = await browser().open(requestOf(await register(), pkce()), {
      cookie: "oauth-browser=oab_chosen-by-somebody-else",
    });
    expect(chosen.set).not.toContain("chosen");
  });

  test("of a human or of nobody is none", async () => {
    const window = browser();
    const { location } = await window.open(requestOf(await register(), pkce()));
    const requestId = location!.split("/").at(-1)!;
    const human = await window.answer(await api.human(), requestId, ["tasks:read"]);
    expect(human.body.error.code).toBe("FORBIDDEN");
    const nobody = await window.answer("", requestId, ["tasks:read"]);
    expect(nobody.body.error.code).toBe("UNAUTHORIZED");
  });
});
