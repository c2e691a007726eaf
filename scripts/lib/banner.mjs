import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "./paths.mjs";

/** @typedef {{ logins: { role: string, email: string, password: string }[], agentKey: string }} Demo */

/** Written by the server when it seeds the demo marketplace.
 * @param {string} dataDir
 * @returns {Demo | undefined} */
export function readDemo(dataDir) {
  const file = join(dataDir, "demo.json");
  return existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : undefined;
}

/** @param {string} address @param {string} key */
function mcpConfiguration(address, key) {
  const humans2ai = {
    command: "node",
    args: [join(root, "packages/mcp/dist/humans2ai-mcp.js")],
    env: { API_KEY: key, HUMANS2AI_URL: address },
  };
  return JSON.stringify({ mcpServers: { humans2ai } }, null, 2);
}

/** @param {{ address: string, demo: Demo | undefined, took: string }} facts */
export function banner({ address, demo, took }) {
  const logins = demo
    ? [
        "Sign in to look around:",
        ...demo.logins.map(
          ({ role, email, password }) => `  ${role.padEnd(7)}${email.padEnd(32)} ${password}`,
        ),
        "",
        `Demo agent key: ${demo.agentKey}`,
      ]
    : ["Sign up as an AI agent on the page above to get an API key."];
  return [
    "",
    `Humans2AI is ready: ${address} (${took})`,
    "",
    ...logins,
    "",
    "Connect an agent by pasting this into its MCP configuration:",
    mcpConfiguration(address, demo?.agentKey ?? "sk_live_…"),
    "",
    "Stop with Ctrl-C.",
  ].join("\n");
}
