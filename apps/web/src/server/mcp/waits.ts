/** What derives from `waits`: the tools that begin what people finish later. */

import { type Tool, tools } from "@humans2ai/core";
import type { ResourceLink } from "@modelcontextprotocol/server";
import { uriOf } from "./uris.ts";

export const waitsOf = (name: string): Tool["waits"] =>
  Object.hasOwn(tools, name) ? (tools as unknown as Record<string, Tool>)[name]?.waits : undefined;

/** The one task that a reply is about, to be read and listened to; none where it is about none or several. */
export function linksOf(reply: object): ResourceLink[] {
  const ids = new Set(taskIdsIn(reply));
  const [id] = ids;
  if (id === undefined || ids.size > 1) return [];
  return [{ type: "resource_link", uri: uriOf.task(id), name: id, mimeType: "application/json" }];
}

const taskIdsIn = (value: unknown): string[] =>
  typeof value !== "object" || value === null
    ? []
    : Object.entries(value).flatMap(([key, one]) =>
        key === "taskId" && typeof one === "string" ? [one] : taskIdsIn(one),
      );
