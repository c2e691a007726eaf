import { z } from "zod";
import { eventFields, eventPage, eventsAfter, latestCursor } from "../events.ts";
import { defineTool } from "../tool.ts";
import { waitFor } from "../waiting.ts";

export const wait_for_events = defineTool({
  title: "Wait for events",
  summary:
    "Waits until something happens to your tasks after the cursor, and answers with it; with no events when the time is over. Without a cursor it waits for what comes next. Call it again with the cursor of the reply.",
  who: ["agent", "human"],
  permission: "tasks:read",
  effect: "read",
  input: z.strictObject({
    after: eventFields.after.optional(),
    limit: eventFields.limit,
    timeoutSeconds: z
      .int()
      .min(0)
      .max(50)
      .default(25)
      .describe("Wait at most this long (default 25, max 50)"),
  }),
  waits: {
    atOnce: { timeoutSeconds: 0 },
    poll: "list_events",
    by: [["cursor", "after"]],
    done: ({ events }) => Array.isArray(events) && events.length > 0,
  },
  output: eventPage,
  refusals: ["EVENT_NOT_FOUND", "TOO_MANY_WAITING", "FORBIDDEN", "VALIDATION_ERROR"],
  async run(ctx, { after, limit, timeoutSeconds }) {
    const from = after ?? (await latestCursor(ctx));
    const look = async () => {
      const page = await eventsAfter(ctx, from, limit);
      return page.events.length > 0 ? page : null;
    };
    const found = await waitFor(ctx, timeoutSeconds, look);
    return found ?? { events: [], cursor: from, hasMore: false };
  },
});
