// The bundle as Claude Desktop takes it: unpacked, its manifest read, its server started as that says.

import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { getMcpConfigForManifest, unpackExtension } from "@anthropic-ai/mcpb";
import { McpbManifestSchema } from "@anthropic-ai/mcpb/schemas/0.3";
import { afterAll, beforeAll, expect, test } from "vitest";
import { sendResult } from "./edge.ts";
import { call } from "./pipe.ts";
import { startEdge, startPipe } from "./suite.ts";

const folder = mkdtempSync(join(tmpdir(), "humans2ai-bundle-"));
const bundle = join(folder, "humans2ai.mcpb");
const unpacked = join(folder, "unpacked");
const readManifest = () =>
  McpbManifestSchema.parse(JSON.parse(readFileSync(join(unpacked, "manifest.json"), "utf8")));

beforeAll(async () => {
  execFileSync(process.execPath, ["mcpb/pack.mjs", bundle]);
  await unpackExtension({ mcpbPath: bundle, outputDir: unpacked, silent: true });
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

test("it holds what it needs and nothing else, and is small", () => {
  const files = readdirSync(unpacked, { recursive: true }).map(String);
  expect(files.sort()).toEqual([
    "LICENSE",
    "icon.png",
    "manifest.json",
    "server",
    join("server", "humans2ai-mcp.cjs"),
  ]);
  expect(statSync(bundle).size).toBeLessThan(100_000);
  expect(readManifest()).toMatchObject({ manifest_version: "0.3", tools_generated: true });
});

async function started(userConfig: Record<string, string>) {
  const edge = await startEdge((seen, res) => sendResult(seen, res));
  const config = await getMcpConfigForManifest({
    manifest: readManifest(),
    extensionPath: unpacked,
    systemDirs: {},
    userConfig: { server: edge.url, ...userConfig },
    pathSeparator: "/",
  });
  expect(config?.command).toBe("node");
  const [program] = config!.args!;
  const pipe = startPipe(config!.env!, [], program);
  expect(await pipe.ask(call(1))).toHaveProperty("result.ok", true);
  return edge.seen[0]!.headers;
}

test("it starts as its manifest says, with the key that its user gave, or with none", async () => {
  expect(await started({ api_key: "sk_live_desktop" })).toMatchObject({
    authorization: "Bearer sk_live_desktop",
    "x-mcp-client-version": readManifest().version,
  });
  expect(await started({})).not.toHaveProperty("authorization");
});
