// The bundle for Claude Desktop: what `pnpm build` made, with manifest and icon, checked and packed by the official tool.
import { copyFileSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { packExtension } from "@anthropic-ai/mcpb";

const CONTENTS = {
  "mcpb/manifest.json": "manifest.json",
  "plugin/.claude-plugin/icon.png": "icon.png",
  "dist/humans2ai-mcp.js": "server/humans2ai-mcp.cjs",
  LICENSE: "LICENSE",
};
const source = (path) => fileURLToPath(new URL(`../${path}`, import.meta.url));
const outputPath = process.argv[2] ?? source("dist/humans2ai.mcpb");

const folder = mkdtempSync(join(tmpdir(), "humans2ai-mcpb-"));
try {
  mkdirSync(join(folder, "server"));
  for (const [from, to] of Object.entries(CONTENTS)) copyFileSync(source(from), join(folder, to));
  if (!(await packExtension({ extensionPath: folder, outputPath }))) process.exitCode = 1;
} finally {
  rmSync(folder, { recursive: true });
}
