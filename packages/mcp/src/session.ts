// What one client conversation has agreed with the server, and the headers that follow from it.

import { type Json, methodOf, paramsOf, statedVersion } from "./jsonrpc.ts";

declare const PACKAGE_VERSION: string;
export const CLIENT_VERSION = PACKAGE_VERSION;

const NAME_SOURCE: Record<string, string> = {
  "tools/call": "name",
  "prompts/get": "name",
  "resources/read": "uri",
  "tasks/get": "taskId",
  "tasks/update": "taskId",
  "tasks/cancel": "taskId",
};

export class Session {
  #version: string | undefined;
  #id: string | undefined;
  #warned = false;

  /** True once an `initialize` handshake has been answered: a revision before 2026-07-28. */
  get initialized(): boolean {
    return this.#version !== undefined;
  }

  /** True when the server keeps state for this conversation, so the order of messages matters to it. */
  get stateful(): boolean {
    return this.#id !== undefined;
  }

  begin(response: Json, sessionId: string | undefined): void {
    const result = response.result as Json | undefined;
    if (typeof result?.protocolVersion !== "string") return;
    this.#version = result.protocolVersion;
    this.#id = sessionId;
  }

  /** The server's word that this client is getting old, the first time it is said. */
  newWarning(text: string | undefined): string | undefined {
    if (this.#warned || text === undefined) return undefined;
    this.#warned = true;
    return text;
  }

  headers(message: Json): Record<string, string> {
    const headers: Record<string, string> = {
      "Content-Type": "application/json",
      Accept: "application/json, text/event-stream",
      "User-Agent": `humans2ai-mcp/${CLIENT_VERSION} node/${process.versions.node}`,
      "X-MCP-Client-Version": CLIENT_VERSION,
    };
    const method = methodOf(message);
    const stated = statedVersion(message);
    if (stated !== undefined) {
      headers["MCP-Protocol-Version"] = headerValue(stated);
      if (method !== undefined) headers["Mcp-Method"] = headerValue(method);
      const name = paramsOf(message)[NAME_SOURCE[method ?? ""] ?? ""];
      if (typeof name === "string") headers["Mcp-Name"] = headerValue(name);
    } else if (method !== "initialize") {
      if (this.#version !== undefined) headers["MCP-Protocol-Version"] = headerValue(this.#version);
      if (this.#id !== undefined) headers["Mcp-Session-Id"] = this.#id;
    }
    return headers;
  }
}

/** What cannot travel as plain visible ASCII goes as base64, as the 2026-07-28 revision defines it. */
export function headerValue(value: string): string {
  const plain =
    /^[\x21-\x7e](?:[\x20-\x7e\t]*[\x21-\x7e])?$/.test(value) && !/^=\?base64\?.*\?=$/.test(value);
  return plain ? value : `=?base64?${Buffer.from(value).toString("base64")}?=`;
}
