/** What to paste where. The published form of the client; only the address and the key are this reader's. */

export const SAMPLE_KEY = "sk_live_…";

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
