/** An AI agent's side: the official MCP client, speaking to the packed stdio package. */

import { Client } from "@modelcontextprotocol/client";
import { StdioClientTransport } from "@modelcontextprotocol/client/stdio";
import { serverUrl } from "./api.ts";

export interface McpAgent {
  call<T>(name: string, input?: Record<string, unknown>): Promise<T>;
  close(): Promise<void>;
}

/** Spawns the installed package with the server's address as its only setting. */
export async function spawnAgent(): Promise<McpAgent> {
  const client = new Client({ name: "story-agent", version: "1.0.0" });
  await client.connect(
    new StdioClientTransport({
      command: process.env.E2E_MCP_CLIENT ?? "",
      env: { PATH: process.env.PATH ?? "", HUMANS2AI_URL: serverUrl() },
    }),
  );
  return {
    async call<T>(name: string, input: Record<string, unknown> = {}) {
      const answer = await client.callTool({ name, arguments: input });
      if (answer.isError) throw new Error(`${name}: ${JSON.stringify(answer.content)}`);
      return answer.structuredContent as T;
    },
    close: () => client.close(),
  };
}
