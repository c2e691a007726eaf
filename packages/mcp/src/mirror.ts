// Arguments that a tool wants to see in headers, too: `x-mcp-header` of the 2026-07-28 revision.

import { isObject, type Json, paramsOf } from "./jsonrpc.ts";
import { note } from "./stdio.ts";

export const HEADER_MISMATCH = -32020;

const KEYWORD = "x-mcp-header";
const TOKEN = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/;
const TYPES = ["string", "integer", "boolean"];
/** What is data in a schema, and may hold any word. */
const DATA = ["default", "const", "enum", "examples"];

interface Mirrored {
  header: string;
  path: string[];
}

class Misplaced extends Error {}

export class Mirror {
  readonly #tools = new Map<string, Mirrored[]>();

  /** Reads a tools/list answer and takes out tools whose annotations break the rules. True when it was changed. */
  learn(answer: Json, text: string): boolean {
    if (this.#tools.size === 0 && !text.includes(`"${KEYWORD}"`)) return false;
    const result = isObject(answer.result) ? answer.result : {};
    if (!Array.isArray(result.tools)) return false;
    const sound = result.tools.filter((tool) => this.#learnTool(tool));
    const changed = sound.length < result.tools.length;
    result.tools = sound;
    return changed;
  }

  #learnTool(tool: unknown): boolean {
    if (!isObject(tool) || typeof tool.name !== "string") return true;
    this.#tools.delete(tool.name);
    try {
      const found: Mirrored[] = [];
      walk(tool.inputSchema, [], true, found);
      if (found.length > 0) this.#tools.set(tool.name, found);
      return true;
    } catch (error) {
      if (!(error instanceof Misplaced)) throw error;
      note(`the tool ${JSON.stringify(tool.name)} is left out: ${error.message}.`);
      return false;
    }
  }

  /** The headers that a call's arguments ask for, not yet encoded. */
  headers(call: Json): Record<string, string> {
    const { name, arguments: args } = paramsOf(call);
    const headers: Record<string, string> = {};
    for (const { header, path } of this.#tools.get(String(name)) ?? []) {
      const value = path.reduce<unknown>((at, key) => (isObject(at) ? at[key] : undefined), args);
      const fits = typeof value === "string" || typeof value === "boolean" || Number.isSafeInteger(value);
      if (fits) headers[`Mcp-Param-${header}`] = String(value);
    }
    return headers;
  }
}

/** Finds the annotations; only a chain of `properties` from the root may lead to one. */
function walk(node: unknown, path: string[], reachable: boolean, found: Mirrored[]): void {
  if (Array.isArray(node)) for (const part of node) walk(part, path, false, found);
  if (!isObject(node)) return;
  if (KEYWORD in node) found.push({ header: headerOf(node, path, reachable, found), path });
  for (const [key, value] of Object.entries(node)) {
    if (key === KEYWORD || DATA.includes(key)) continue;
    if (key !== "properties" || !isObject(value)) walk(value, path, false, found);
    else for (const [name, part] of Object.entries(value)) walk(part, [...path, name], reachable, found);
  }
}

function headerOf(node: Json, path: string[], reachable: boolean, found: Mirrored[]): string {
  const header = node[KEYWORD];
  const where = `${KEYWORD} of ${path.join(".") || "its input"}`;
  if (!reachable || path.length === 0) throw new Misplaced(`${where} stands where it may not`);
  if (typeof header !== "string" || !TOKEN.test(header)) throw new Misplaced(`${where} is no header name`);
  if (!TYPES.includes(String(node.type))) throw new Misplaced(`${where} is on no string, integer or boolean`);
  if (found.some((other) => other.header.toLowerCase() === header.toLowerCase())) {
    throw new Misplaced(`${where} is used twice`);
  }
  return header;
}

/** Asks for the whole tool list, in the name of the client that made this call; a Mirror learns from the answers. */
export async function listTools(call: Json, ask: (list: Json) => Promise<Json | undefined>): Promise<void> {
  const { progressToken: _, ..._meta } = paramsOf(call)._meta as Json;
  let cursor: unknown;
  do {
    const params = cursor === undefined ? { _meta } : { _meta, cursor };
    const answer = await ask({ jsonrpc: "2.0", id: "humans2ai-mcp", method: "tools/list", params });
    cursor = isObject(answer?.result) ? answer.result.nextCursor : undefined;
  } while (typeof cursor === "string");
}
