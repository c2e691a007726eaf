import { Server } from "@modelcontextprotocol/server";
import type { Caller } from "./caller.ts";
import { stateCodec } from "./confirm.ts";
import { IDENTITY } from "./identity.ts";
import { INSTRUCTIONS } from "./instructions.ts";
import { servePrompts } from "./prompts.ts";
import { serveTools } from "./tools.ts";

/** The MCP server that answers one request of one caller; each part registers what it serves. */
export function serverFor(caller: Caller): Server {
  const server = new Server(IDENTITY, {
    capabilities: { tools: {}, prompts: {} },
    instructions: INSTRUCTIONS,
    requestState: { verify: (state, ctx) => stateCodec().verify(state, ctx) },
  });
  serveTools(server, caller);
  servePrompts(server);
  return server;
}
