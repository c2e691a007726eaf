import type { ResourceLink } from "@modelcontextprotocol/server";
import { uriOf } from "./uris.ts";

/** The one task that a reply is about, to be read and listened to; none where it is about none or several. */
export function linksOf({ taskId, events }: Record<string, unknown>): ResourceLink[] {
  // Named places only: deeper down a reply holds what others wrote, under names that they may choose.
  const told = Array.isArray(events) ? events.map((event) => event.data.taskId) : [taskId];
  const [id, ...more] = new Set(told);
  if (typeof id !== "string" || more.length > 0) return [];
  return [{ type: "resource_link", uri: uriOf.task(id), name: id, mimeType: "application/json" }];
}
