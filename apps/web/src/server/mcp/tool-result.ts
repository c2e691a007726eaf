/** A tool's reply or refusal, as tools/call and tasks/get give it. */

import { renderForModel, waitsOf } from "@humans2ai/core";
import type { CallToolResult } from "@modelcontextprotocol/server";
import { toRefusal } from "../reply.ts";
import { credentialOf } from "./credential.ts";
import { linksOf } from "./links.ts";

export function toToolResult(name: string, result: Record<string, unknown>): CallToolResult {
  const links = waitsOf(name) ? linksOf(result) : [];
  return {
    content: [{ type: "text", text: renderForModel(result) }, ...links],
    structuredContent: result,
    ...credentialOf(result),
  };
}

export function toToolFailure(error: unknown): CallToolResult {
  const { code, told } = toRefusal(error);
  return { content: [{ type: "text", text: `${code}: ${told}` }], isError: true };
}
