// A real MCP server of the official SDK on loopback: a few tools, both protocol eras.

import http from "node:http";
import type { AddressInfo } from "node:net";
import {
  acceptedContent,
  createMcpHandler,
  fromJsonSchema,
  inputRequired,
  McpServer,
  type ServerContext,
} from "@modelcontextprotocol/server";

export interface ToyServer {
  url: string;
  /** The headers of each request so far. */
  seen: Headers[];
  /** Resolves when a call of `wait` has been cancelled at the server. */
  cancelled: Promise<void>;
  toolsChanged(): void;
  stop(): Promise<void>;
}

export async function startToyServer(port = 0): Promise<ToyServer> {
  let noteCancelled = () => {};
  const cancelled = new Promise<void>((resolve) => {
    noteCancelled = resolve;
  });
  const handler = createMcpHandler(() => toys(noteCancelled));
  const seen: Headers[] = [];
  const server = http.createServer(async (req, res) => {
    const gone = new AbortController();
    res.once("close", () => gone.abort());
    const request = await toRequest(req, gone.signal);
    seen.push(request.headers);
    await pour(await handler.fetch(request), res);
  });
  await new Promise<void>((resolve) => server.listen(port, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    seen,
    cancelled,
    toolsChanged: () => handler.notify.toolsChanged(),
    stop: async () => {
      await handler.close();
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
    },
  };
}

function toys(noteCancelled: () => void): McpServer {
  const server = new McpServer(
    { name: "toys", version: "1.0.0" },
    { capabilities: { tools: { listChanged: true } } },
  );
  const text = fromJsonSchema<{ text: string }>({
    type: "object",
    properties: { text: { type: "string" } },
    required: ["text"],
  });
  server.registerTool("echo", { description: "Says it back.", inputSchema: text }, ({ text }) => ({
    content: [{ type: "text", text }],
  }));
  server.registerTool("wait", { description: "Waits until it is cancelled." }, async (ctx) => {
    const progressToken = ctx.mcpReq._meta?.progressToken;
    if (progressToken !== undefined) {
      await ctx.mcpReq.notify({ method: "notifications/progress", params: { progressToken, progress: 1 } });
    }
    await new Promise<void>((resolve) => ctx.mcpReq.signal.addEventListener("abort", () => resolve()));
    noteCancelled();
    return { content: [] };
  });
  const region = { type: "string", "x-mcp-header": "Region" } as const;
  const place = fromJsonSchema<{ region: string }>({
    type: "object",
    properties: { region },
    required: ["region"],
  });
  server.registerTool("route", { description: "Wants a header.", inputSchema: place }, ({ region }) => ({
    content: [{ type: "text", text: region }],
  }));
  server.registerTool("ask", { description: "Asks the client's user." }, (ctx) => askName(ctx.mcpReq));
  return server;
}

function askName({ inputResponses }: Pick<ServerContext["mcpReq"], "inputResponses">) {
  const given = acceptedContent<{ name: string }>(inputResponses, "name");
  if (given) return { content: [{ type: "text" as const, text: `Hello ${given.name}` }] };
  const requestedSchema = { type: "object" as const, properties: { name: { type: "string" as const } } };
  const name = inputRequired.elicit({ message: "Who are you?", requestedSchema });
  return inputRequired({ inputRequests: { name }, requestState: "opaque" });
}

async function toRequest(req: http.IncomingMessage, signal: AbortSignal): Promise<Request> {
  const parts: Buffer[] = [];
  for await (const part of req) parts.push(part as Buffer);
  const headers = new Headers();
  for (const [name, value] of Object.entries(req.headers)) headers.set(name, String(value));
  const body = parts.length > 0 ? Buffer.concat(parts) : null;
  return new Request(`http://127.0.0.1${req.url}`, { method: req.method ?? "POST", headers, body, signal });
}

async function pour(response: Response, res: http.ServerResponse): Promise<void> {
  res.writeHead(response.status, Object.fromEntries(response.headers));
  res.flushHeaders();
  if (response.body) {
    for await (const chunk of response.body) res.write(chunk);
  }
  res.end();
}
