/** The addresses of what can be read, and which of them an event changes. */

import { type Actor, lifecycle, type NewsEvent } from "@humans2ai/core";
import type { ServerEvent } from "@modelcontextprotocol/server";

const SCHEME = "humans2ai://";

export const FIXED = ["account", "wallet", "tasks", "config"] as const;
export type Fixed = (typeof FIXED)[number];

export const uriOf = {
  fixed: (name: Fixed) => `${SCHEME}${name}`,
  task: (id: string) => `${SCHEME}tasks/${id}`,
  messages: (id: string) => `${SCHEME}tasks/${id}/messages`,
  file: (id: string, n: number) => `${SCHEME}tasks/${id}/files/${n}`,
};

/** RFC 6570, as resources/templates/list gives them. */
export const TEMPLATES = {
  task: `${SCHEME}tasks/{id}`,
  messages: `${SCHEME}tasks/{id}/messages`,
  file: `${SCHEME}tasks/{id}/files/{n}`,
} as const;

export type Place =
  | { what: Fixed }
  | { what: "task" | "messages"; id: string }
  | { what: "file"; id: string; n: number };

/** What an address names; null when it can name nothing of ours. */
export function placeOf(uri: string): Place | null {
  if (!uri.startsWith(SCHEME)) return null;
  const path = uri.slice(SCHEME.length);
  const fixed = FIXED.find((name) => name === path);
  if (fixed) return { what: fixed };
  const [, id, rest, n] = /^tasks\/(\w{1,64})(\/messages|\/files\/([1-9]\d{0,3}))?$/.exec(path) ?? [];
  if (!id) return null;
  if (n) return { what: "file", id, n: Number(n) };
  return { what: rest ? "messages" : "task", id };
}

const steps = Object.entries(lifecycle) as [
  string,
  { event: string; money: string | null; from: readonly string[] },
][];
const eventsOf = (which: (step: (typeof steps)[number][1], action: string) => boolean) =>
  new Set(steps.filter(([action, step]) => which(step, action)).map(([, step]) => step.event));
const moving = eventsOf(({ money }) => money !== null);
/** After which the list of an account's tasks is longer or shorter: an agent's by a new one, a human's by an assignment. */
const listing = {
  agent: eventsOf(({ from }) => from.includes("new")),
  human: eventsOf((_, action) => action === "select" || action === "give_up"),
};

/** What listeners are told of an account's events: each address once. */
export function changesBy(events: readonly NewsEvent[], role: Actor["role"]): ServerEvent[] {
  const uris = new Set<string>();
  let listChanged = false;
  for (const { type, data } of events) {
    const { taskId } = data;
    // What people are asked is no resource, and a question about a task changes nothing of it.
    if (!taskId || type.startsWith("confirmation.")) continue;
    if (type === "message.created") {
      uris.add(uriOf.messages(taskId));
      continue;
    }
    uris.add(uriOf.task(taskId)).add(uriOf.fixed("tasks"));
    if (moving.has(type)) uris.add(uriOf.fixed("wallet"));
    listChanged ||= listing[role === "human" ? "human" : "agent"].has(type);
  }
  const updated = [...uris].map((uri): ServerEvent => ({ kind: "resource_updated", uri }));
  return listChanged ? [...updated, { kind: "resources_list_changed" }] : updated;
}
