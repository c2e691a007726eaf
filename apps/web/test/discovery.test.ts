/** The server card and the AI catalog, as SEP-2127 and the AI catalog specification want them. */

import { product } from "@humans2ai/core";
import { expect, test } from "vitest";
import { z } from "zod";
import { startApi } from "./api.ts";
import { LEGACY, MODERN, rpcOf } from "./mcp.ts";
import { serverName, shortText, urlTemplate } from "./published.ts";

const SITE = "https://humans.example";
const api = await startApi({ PUBLIC_URL: `${SITE}/`, ALLOWED_HOSTS: "127.0.0.1" });
const agent = await api.agent();
const { legacy, modern } = rpcOf(api);

const CARD = "/api/v1/mcp/server-card";
const CARD_TYPE = "application/mcp-server-card+json";
const CATALOG = "/.well-known/ai-catalog.json";

const input = z.strictObject({ description: z.string(), isSecret: z.boolean() });
const serverCard = z.strictObject({
  $schema: z.literal("https://static.modelcontextprotocol.io/schemas/v1/server-card.schema.json"),
  name: serverName,
  title: shortText,
  description: shortText,
  version: z.string().regex(/^\d+\.\d+\.\d+$/),
  websiteUrl: z.url(),
  remotes: z.array(
    z.strictObject({
      type: z.literal("streamable-http"),
      url: urlTemplate,
      supportedProtocolVersions: z.array(z.iso.date()),
      headers: z.array(
        z.strictObject({
          name: z.string(),
          value: z.string(),
          isRequired: z.boolean(),
          ...input.shape,
          variables: z.record(z.string(), input),
        }),
      ),
    }),
  ),
});
const catalog = z.strictObject({
  specVersion: z.literal("1.0"),
  host: z.strictObject({ displayName: z.string(), documentationUrl: z.url() }),
  entries: z.array(
    z.strictObject({
      identifier: z.string().regex(/^urn:air:[a-z0-9.-]+:[a-z0-9-]+:[a-z0-9-]+$/),
      displayName: z.string(),
      type: z.literal(CARD_TYPE),
      url: z.url(),
    }),
  ),
});

test("the catalog leads to the card, and the card to the server", async () => {
  const { body, headers } = await api.send(CATALOG);
  expect(headers.get("content-type")).toBe("application/ai-catalog+json");
  const [entry] = catalog.parse(body).entries;
  expect(entry).toMatchObject({ identifier: "urn:air:humans.example:mcp:humans2ai", url: SITE + CARD });
  const card = await api.send(CARD);
  expect(card.headers.get("content-type")).toBe(CARD_TYPE);
  const [remote] = serverCard.parse(card.body).remotes;
  expect(remote?.url).toBe(`${SITE}/api/v1/mcp`);
  expect((await api.send("/.well-known/mcp/server-card.json")).text).toBe(card.text);
});

test("the card says what the server says of itself, in every revision that it names", async () => {
  const { name, version, title, remotes } = serverCard.parse((await api.send(CARD)).body);
  const revisions = remotes[0]!.supportedProtocolVersions;
  expect([...revisions].sort()).toEqual([...LEGACY, MODERN].sort());
  const clientInfo = { name: "test", version: "1.0.0" };
  for (const protocolVersion of LEGACY) {
    const params = { protocolVersion, capabilities: {}, clientInfo };
    const { body } = await legacy("initialize", params, { as: agent });
    expect(body.result).toMatchObject({ protocolVersion, serverInfo: { name, version, title } });
  }
  const { body } = await modern("server/discover", {}, { as: agent });
  expect(body.result.supportedVersions).toContain(MODERN);
  const said = body.result._meta["io.modelcontextprotocol/serverInfo"];
  expect(said).toMatchObject({ name, version, title });
  expect({ name, version, title }).toMatchObject({ name: product.name, version: product.version });
});

test.each([CARD, CATALOG])(
  "%s is open to pages of other sites, and asked for again only when it changed",
  async (path) => {
    const first = await api.send(path, { headers: { origin: "https://other.example" } });
    expect(Object.fromEntries(first.headers)).toMatchObject({
      "access-control-allow-origin": "*",
      "access-control-allow-methods": "GET",
      "access-control-allow-headers": "Content-Type, If-None-Match",
      "access-control-expose-headers": "ETag",
      "cross-origin-resource-policy": "cross-origin",
      "cache-control": "public, max-age=3600",
    });
    const etag = first.headers.get("etag")!;
    for (const known of [etag, `"x", W/${etag}`, "*"]) {
      const again = await api.send(path, { headers: { "if-none-match": known } });
      expect([again.status, again.text, again.headers.get("etag")]).toEqual([304, "", etag]);
    }
    expect((await api.send(path, { headers: { "if-none-match": '"x"' } })).status).toBe(200);
    const asked = await api.send(path, { method: "OPTIONS" });
    expect([asked.status, asked.headers.get("access-control-allow-origin")]).toEqual([204, "*"]);
    expect((await api.send(path, { method: "POST", body: {} })).status).toBe(405);
  },
);

test("what a client makes up shows up nowhere", async () => {
  const headers = { "x-forwarded-host": "evil.example", "x-forwarded-proto": "http" };
  for (const path of [CARD, CATALOG]) expect((await api.send(path, { headers })).text).not.toContain("evil");
});
