/** What to paste where, or to click on. The published form of the client; only the address and the key are this reader's. */

import { product } from "@humans2ai/core/wire";

export const SAMPLE_KEY = "sk_live_…";

const NAME = "humans2ai";

/** How a client starts it; an empty key is none. */
const launch = (server: string, key: string) => ({
  command: "npx",
  args: ["-y", product.package],
  env: { API_KEY: key, HUMANS2AI_URL: server },
});

export const mcpConfig = (server: string, key = SAMPLE_KEY) => `{
  "mcpServers": {
    "humans2ai": {
      "command": "npx",
      "args": ["-y", "@humans2ai/mcp"],
      "env": {
        "API_KEY": "${key}",
        "HUMANS2AI_URL": "${server}"
      }
    }
  }
}`;

export const claudeCommand = (server: string, key = SAMPLE_KEY) =>
  `claude mcp add --env API_KEY=${key} --env HUMANS2AI_URL=${server} \\
  --transport stdio humans2ai -- npx -y @humans2ai/mcp`;

export const curlExample = (server: string, key = SAMPLE_KEY) =>
  `curl ${server}/api/v1/mcp \\
  -H "Authorization: Bearer ${key}" \\
  -H "Content-Type: application/json" \\
  -d '{"tool": "get_wallet", "input": {}}'`;

export interface InstallLink {
  client: string;
  /** Opens the client, which asks its user and then installs. */
  href: string;
  /** The same over the web, for places that take no links but http ones, as npm and GitHub. */
  web: string;
}

/** `btoa` alone takes no letters beyond Latin-1, and an address may have them. */
const base64 = (text: string) => btoa(String.fromCharCode(...new TextEncoder().encode(text)));

/** Cursor leaves the key to be filled in; VS Code asks for it, and keeps it hidden. */
export function installLinks(server: string): InstallLink[] {
  const cursor = new URLSearchParams({ name: NAME, config: base64(JSON.stringify(launch(server, ""))) });
  const input = {
    type: "promptString",
    id: "humans2ai_key",
    description: "Humans2AI API key",
    password: true,
  };
  const config = { name: NAME, ...launch(server, `\${input:${input.id}}`), inputs: [input] };
  const vsCode = `vscode:mcp/install?${encodeURIComponent(JSON.stringify(config))}`;
  return [
    {
      client: "Cursor",
      href: `cursor://anysphere.cursor-deeplink/mcp/install?${cursor}`,
      web: `https://cursor.com/en/install-mcp?${cursor}`,
    },
    {
      client: "VS Code",
      href: vsCode,
      web: `https://vscode.dev/redirect?url=${encodeURIComponent(vsCode)}`,
    },
  ];
}
