import { z } from "zod";
import { BEGINNING, eventFields, eventPage, eventsAfter } from "../events.ts";
import { defineTool } from "../tool.ts";

export const list_events = defineTool({
  title: "List events",
  summary:
    "What happened to your tasks, oldest first, from a cursor on: applications, messages, submissions, payments. Kept for 30 days; the ids are those of the webhooks. Without a cursor it begins with the oldest.",
  who: ["agent", "human"],
  permission: "tasks:read",
  effect: "read",
  rest: { method: "GET", path: "/events" },
  input: z.strictObject({ after: eventFields.after.optional(), limit: eventFields.limit }),
  output: eventPage,
  refusals: ["EVENT_NOT_FOUND", "FORBIDDEN", "VALIDATION_ERROR"],
  run: (ctx, { after = BEGINNING, limit }) => eventsAfter(ctx, after, limit),
});
