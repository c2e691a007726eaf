/** Reading events by a cursor: what list_events and wait_for_events share. */

import { z } from "zod";
import type { Context } from "./context.ts";
import { Refusal } from "./errors.ts";
import { type EventRow, encodeEvent, eventId, eventNumber, eventShape } from "./event-view.ts";
import type { Feed } from "./feed.ts";
import { text } from "./fields.ts";
import { ours } from "./untrusted/mark.ts";

/** How many calls and streams of one account may wait for its events in one process. */
const MOST_WAITING = 20;

/** Whether one more call of this account would be one too many. */
export const isCrowded = (feed: Feed, userId: string): boolean => feed.waiting(userId) >= MOST_WAITING;

/** Who would be one too many is refused; nothing may be awaited between this and the waiting. */
export function refuseCrowd(feed: Feed, userId: string): void {
  if (isCrowded(feed, userId)) throw new Refusal("TOO_MANY_WAITING", { max: MOST_WAITING });
}

/** The cursor before everything: an account without events has it. */
export const BEGINNING = eventId(0);

export const eventFields = {
  after: text(40).describe("The cursor of the last call, or the id of an event (evt_…, as in webhooks)"),
  limit: z.int().min(1).max(100).default(50).describe("At most this many (default 50, max 100)"),
};

export const eventPage = z.object({
  events: z.array(eventShape).describe("Oldest first"),
  cursor: ours(z.string().describe("Give it as `after` to go on from here")),
  hasMore: z.boolean(),
});
type Page = z.input<typeof eventPage>;

/** The events of the actor after a cursor. EVENT_NOT_FOUND when the cursor is no event of theirs, or too old. */
export async function eventsAfter(ctx: Context, after: string, limit: number): Promise<Page> {
  await ctx.sql`select place_events()`;
  const pos = await placeOf(ctx, after);
  const rows = await ctx.sql<EventRow[]>`
    select n, type, actor_role, data, at from event
    where ${mine(ctx)} and pos > ${pos} order by pos limit ${limit + 1}`;
  const events = rows.slice(0, limit).map(encodeEvent);
  return { events, cursor: events.at(-1)?.id ?? after, hasMore: rows.length > limit };
}

/** The cursor after everything that has happened so far. */
export async function latestCursor(ctx: Context): Promise<string> {
  await ctx.sql`select place_events()`;
  const [last] =
    await ctx.sql`select n from event where ${mine(ctx)} and pos is not null order by pos desc limit 1`;
  return last ? eventId(last.n) : BEGINNING;
}

async function placeOf(ctx: Context, after: string): Promise<string> {
  if (after === BEGINNING) return "0";
  const n = eventNumber(after);
  const [event] = n ? await ctx.sql`select pos from event where n = ${n} and ${mine(ctx)}` : [];
  if (!event) throw new Refusal("EVENT_NOT_FOUND", { eventId: after });
  return event.pos;
}

const mine = ({ actor, sql }: Context) =>
  actor.role === "agent" ? sql`agent_id = ${actor.userId}` : sql`human_id = ${actor.userId}`;
