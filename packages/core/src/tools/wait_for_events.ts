import { z } from "zod";
import { eventFields, eventPage, eventsAfter, latestCursor, refuseCrowd } from "../events.ts";
import { defineTool } from "../tool.ts";

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
    refuseCrowd(ctx.feed, ctx.actor.userId);
    const found = await ctx.feed.until(ctx.actor.userId, timeoutSeconds * 1000, look, ctx.signal);
    return found ?? { events: [], cursor: from, hasMore: false };
  },
});
