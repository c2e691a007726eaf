/** The REST routes, derived from the registry: which tool an address and method call, and with what input. */

import type { Tool } from "../tool.ts";
import { type ToolName, tools } from "../tools/index.ts";
import { describeTool } from "./describe.ts";

export interface RestMatch {
  tool: ToolName;
  /** The parts of the path that are fields of the input. */
  params: Record<string, string>;
}

const routes = (Object.entries(tools) as unknown as [ToolName, Tool][]).flatMap(([tool, { rest }]) =>
  rest ? [{ tool, method: rest.method, parts: rest.path.split("/") }] : [],
);

/** The tools served at a path (below /api/v1), by method; empty when there is none. */
export function restRoutes(path: string): Map<string, RestMatch> {
  const parts = path.split("/");
  const found = new Map<string, RestMatch>();
  for (const { tool, method, parts: pattern } of routes) {
    if (pattern.length !== parts.length) continue;
    const params: Record<string, string> = {};
    const fits = pattern.every((p, i) => {
      if (!p.startsWith(":")) return p === parts[i];
      params[p.slice(1)] = decode(parts[i]!);
      return parts[i] !== "";
    });
    if (fits) found.set(method, { tool, params });
  }
  return found;
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part; // a percent sign that begins no character: no id has one, so the tool will not find it
  }
}

/** A query string as a tool's input: texts become the numbers, booleans and lists that its schema asks for. */
export function inputOfQuery(tool: ToolName, query: URLSearchParams): Record<string, unknown> {
  const { properties = {} } = describeTool(tool).inputSchema as {
    properties?: Record<string, { type?: string }>;
  };
  return Object.fromEntries(
    [...new Set(query.keys())].map((name) => {
      const values = query.getAll(name);
      const type = Object.hasOwn(properties, name) ? properties[name]?.type : undefined;
      if (type === "array") return [name, values.flatMap((v) => v.split(","))];
      return [name, typed(values.at(-1)!, type)];
    }),
  );
}

function typed(text: string, type: string | undefined): unknown {
  if (type === "boolean" && (text === "true" || text === "false")) return text === "true";
  if ((type === "number" || type === "integer") && /^-?\d+(\.\d+)?$/.test(text)) return Number(text);
  return text;
}
