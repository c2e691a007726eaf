/**
 * MCP clients that are libraries, each in a few lines: connects, lists, calls, is refused, and waits for news.
 * `node programs.mjs <which> <http|stdio>`, with SITE, TOKEN, AFTER, COSTLY and STDIO_CLIENT in the environment. It prints "waiting"
 * when it waits, and at the end one line of JSON.
 */

import { createMCPClient } from "@ai-sdk/mcp";
import { Experimental_StdioMCPTransport as AiStdio } from "@ai-sdk/mcp/mcp-stdio";
import { MCPServerStdio, MCPServerStreamableHttp } from "@openai/agents";

const { SITE, TOKEN, STDIO_CLIENT, PATH } = process.env;
const url = `${SITE}/api/v1/mcp`;
const headers = { Authorization: `Bearer ${TOKEN}` };
const stdio = { command: STDIO_CLIENT, args: [], env: { PATH, HUMANS2AI_URL: SITE, API_KEY: TOKEN } };

const programs = {
  async "ai-sdk"(over) {
    const transport = over === "http" ? { type: "http", url, headers } : new AiStdio(stdio);
    const client = await createMCPClient({ transport });
    const tools = await client.tools();
    const call = (name, input) => tools[name].execute(input, { toolCallId: "1", messages: [] });
    return { names: Object.keys(tools), call, close: () => client.close() };
  },
  async "openai-agents"(over) {
    const server =
      over === "http"
        ? new MCPServerStreamableHttp({ url, requestInit: { headers } })
        : new MCPServerStdio(stdio);
    await server.connect();
    const tools = await server.listTools();
    // It hands on the content alone; what failed is text like the rest.
    const call = (name, input) => server.callTool(name, input);
    return { names: tools.map((tool) => tool.name), call, close: () => server.close() };
  },
};

const [which, over] = process.argv.slice(2);
const { names, call, close } = await programs[which](over);
const wallet = await call("get_wallet", {});
const missing = await call("get_task", { taskId: "task_xyz" });
const unconfirmed = await call("create_task", JSON.parse(process.env.COSTLY));
console.log("waiting");
const news = await call("wait_for_events", { after: process.env.AFTER, timeoutSeconds: 50 });
await close();
console.log(JSON.stringify({ names, wallet, missing, unconfirmed, news }));
process.exit(0);
