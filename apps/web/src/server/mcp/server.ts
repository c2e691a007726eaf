import { Server } from "@modelcontextprotocol/server";
import type { Caller } from "./caller.ts";
import { INSTRUCTIONS } from "./instructions.ts";
import { serveTools } from "./tools.ts";

/** The MCP server that answers one request of one caller; each part registers what it serves. */
export function serverFor(caller: Caller): Server {
  const server = new Server(
    { name: "humans2ai", title: "Humans2AI", version: "1.0.0" },
    { capabilities: { tools: {} }, instructions: INSTRUCTIONS },
  );
  serveTools(server, caller);
  return server;
}
