/** What is published beside the server, held to the registries' rules and to one name, version and description. */

import { product } from "@humans2ai/core";
import { expect, test } from "vitest";
import { z } from "zod";
import { installLinks } from "../src/ui/install.ts";
import { readJson, readText, serverName, shortText, urlTemplate, version } from "./published.ts";

const MCP = "packages/mcp";
const SITE = "https://humans2ai.com";

/** A name, or what stands for one: a wish of the user, with the value that it goes into. */
const input = z.strictObject({
  description: z.string().optional(),
  isRequired: z.boolean().optional(),
  isSecret: z.boolean().optional(),
  value: z.string().optional(),
  default: z.string().optional(),
});
const namedInput = input.extend({ name: z.string(), variables: z.record(z.string(), input).optional() });

/** server.json as the MCP registry takes it: schema of 2025-12-11, closed. */
const serverJson = z.strictObject({
  $schema: z.literal("https://static.modelcontextprotocol.io/schemas/2025-12-11/server.schema.json"),
  name: serverName,
  title: shortText,
  description: shortText,
  version,
  websiteUrl: z.url(),
  packages: z.array(
    z.strictObject({
      registryType: z.literal("npm"),
      identifier: z.string(),
      version,
      runtimeHint: z.enum(["npx"]),
      transport: z.strictObject({ type: z.literal("stdio") }),
      environmentVariables: z.array(namedInput),
    }),
  ),
  remotes: z.array(
    z.strictObject({
      type: z.literal("streamable-http"),
      url: urlTemplate,
      headers: z.array(namedInput),
    }),
  ),
});

const author = z.strictObject({ name: z.string(), url: z.url() });
const pluginName = z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/);
/** plugin.json and marketplace.json as `claude plugin validate --strict` takes them. */
const pluginJson = z.strictObject({
  name: pluginName,
  displayName: z.string(),
  version,
  description: z.string(),
  author,
  homepage: z.url(),
  license: z.literal("MIT"),
  keywords: z.array(z.string()),
  privacyPolicyUrl: z.url({ protocol: /^https$/ }),
  userConfig: z.record(
    z.string(),
    z.strictObject({
      type: z.literal("string"),
      title: z.string(),
      description: z.string(),
      sensitive: z.boolean(),
      required: z.boolean(),
    }),
  ),
});
const marketplaceJson = z.strictObject({
  name: pluginName,
  owner: author,
  metadata: z.strictObject({ description: z.string(), version }),
  plugins: z.array(
    z.strictObject({
      name: pluginName,
      source: z.string().regex(/^\.\//),
      description: z.string(),
      version,
      category: z.string(),
    }),
  ),
});
const launch = z.strictObject({
  command: z.literal("npx"),
  args: z.array(z.string()),
  env: z.record(z.string(), z.string()),
});
const mcpJson = z.strictObject({ mcpServers: z.record(z.string(), launch) });
const npmJson = z.object({ name: z.string(), version, mcpName: serverName, description: z.string() });
const manifestJson = z.object({ version, description: shortText, privacy_policies: z.array(z.url()) });

const server = serverJson.parse(readJson(`${MCP}/server.json`));
const npm = npmJson.parse(readJson(`${MCP}/package.json`));
const manifest = manifestJson.parse(readJson(`${MCP}/mcpb/manifest.json`));
const plugin = pluginJson.parse(readJson(`${MCP}/plugin/.claude-plugin/plugin.json`));
const marketplace = marketplaceJson.parse(readJson(".claude-plugin/marketplace.json"));
const { mcpServers } = mcpJson.parse(readJson(`${MCP}/plugin/.mcp.json`));

test("the version is the same everywhere", () => {
  const versions = {
    npm: npm.version,
    server: server.version,
    package: server.packages[0]?.version,
    bundle: manifest.version,
    plugin: plugin.version,
    listed: marketplace.plugins[0]?.version,
    marketplace: marketplace.metadata.version,
    started: mcpServers.humans2ai?.args[1]?.split("@").at(-1),
    repository: z.object({ version }).parse(readJson("package.json")).version,
  };
  for (const [where, found] of Object.entries(versions)) expect(found, where).toBe(product.version);
});

test("the registry's entry, the npm package and the server carry one name", () => {
  expect(server).toMatchObject({ name: product.name, title: product.title });
  expect(npm).toMatchObject({ name: product.package, mcpName: product.name });
  expect(server.packages[0]?.identifier).toBe(product.package);
  expect(mcpServers.humans2ai?.args).toEqual(["-y", `${product.package}@${product.version}`]);
  expect(server.remotes[0]?.url).toBe(`${SITE}/api/v1/mcp`);
});

test("what it is for is said in the same words everywhere", () => {
  const said = [server, manifest, plugin, ...marketplace.plugins].map(({ description }) => description);
  expect(new Set(said)).toEqual(new Set([product.description]));
});

test("the marketplace lists the plugin where it is, and each variable that is asked for is used", () => {
  expect(marketplace.plugins[0]).toMatchObject({ name: plugin.name, source: `./${MCP}/plugin` });
  const asked = Object.keys(plugin.userConfig).map((name) => `\${user_config.${name}}`);
  expect(Object.values(mcpServers.humans2ai!.env)).toEqual(asked);
});

test("the settings that are offered are settings of the client, and the key is kept secret", () => {
  const known = readText(`${MCP}/src/config.ts`);
  for (const { name, isSecret } of server.packages[0]!.environmentVariables) {
    expect(known).toContain(`"${name}"`);
    expect(isSecret ?? false).toBe(name === "API_KEY");
  }
  expect(plugin.userConfig.api_key?.sensitive).toBe(true);
});

test("the policy that registries are told of has a page", () => {
  for (const url of [plugin.privacyPolicyUrl, ...manifest.privacy_policies]) {
    expect(url).toBe(`${SITE}/privacy`);
  }
  expect(readText("apps/web/src/app/(public)/privacy/page.tsx")).toContain("export default");
});

test("an install link says how to start the client, and a key is never part of it", () => {
  const [cursor, vsCode] = installLinks("https://ä.example:8443");
  const given = new URL(cursor!.href);
  expect(given.href).toMatch(/^cursor:\/\/anysphere\.cursor-deeplink\/mcp\/install\?name=humans2ai&config=/);
  const config = JSON.parse(Buffer.from(given.searchParams.get("config")!, "base64").toString());
  expect(launch.parse(config).env).toEqual({ API_KEY: "", HUMANS2AI_URL: "https://ä.example:8443" });
  const json = /^vscode:mcp\/install\?(.+)$/.exec(vsCode!.href)![1]!;
  const { name, inputs, ...rest } = JSON.parse(decodeURIComponent(json));
  expect(name).toBe("humans2ai");
  expect(launch.parse(rest).env.API_KEY).toBe(`\${input:${inputs[0].id}}`);
  expect(inputs).toEqual([expect.objectContaining({ type: "promptString", password: true })]);
  expect(new URL(vsCode!.web).searchParams.get("url")).toBe(vsCode!.href);
});

test("the package's page has the links", () => {
  const readme = readText(`${MCP}/README.md`);
  for (const { client, web } of installLinks(SITE)) expect(readme).toContain(`[Add to ${client}](${web})`);
});
