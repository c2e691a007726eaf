import { Server } from "@modelcontextprotocol/server";
import type { Caller } from "./caller.ts";
import { IDENTITY } from "./identity.ts";
import { INSTRUCTIONS } from "./instructions.ts";
import { CACHE_HINTS, resourceCapabilities, serveResources } from "./resources.ts";
import { serveTasks, TASKS_CAPABILITY } from "./tasks.ts";
import { serveTools } from "./tools.ts";

/** 2026-07-28 is modern, all before it is legacy. */
export type Era = "legacy" | "modern";

/** How long a client may keep what it was listed: a changed key or a new release shows within this time. */
const KEPT_MS = 300_000;

/** The MCP server that answers one request of one caller; each part registers what it serves. */
export function serverFor(caller: Caller, era: Era): Server {
  // Who has no account yet may have one after the next call, and is then listed other tools.
  const ttlMs = caller.actor.role === "anonymous" ? 0 : KEPT_MS;
  const kept = { ttlMs, cacheScope: "private" } as const;
  const server = new Server(IDENTITY, {
    capabilities: {
      tools: {},
      ...resourceCapabilities(caller.actor, era),
      ...(era === "modern" ? TASKS_CAPABILITY : {}),
    },
    cacheHints: { ...CACHE_HINTS, "server/discover": kept, "tools/list": kept },
    instructions: INSTRUCTIONS,
  });
  serveTools(server, caller);
  serveResources(server, caller);
  if (era === "modern") serveTasks(server, caller);
  return server;
}
