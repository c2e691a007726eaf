/** How an event looks on the wire: the same in a webhook's body, in a cursor's page and in a live feed. */

import { z } from "zod";
import { toIso } from "./codecs.ts";
import { timestamp } from "./fields.ts";
import { actions, lifecycle } from "./lifecycle.ts";

/** Every kind of event that a subscriber can be told of. */
export const EVENT_TYPES = [
  ...new Set(actions.map((action) => lifecycle[action].event)),
  "application.created",
  "application.withdrawn",
  "message.created",
] as const;

export interface EventRow {
  n: string | number;
  type: string;
  actor_role: string;
  data: Record<string, string>;
  at: string | Date;
}

export const eventShape = z.object({
  id: z.string().describe("evt_…; also the cursor that continues after it"),
  type: z.string(),
  createdAt: timestamp,
  actor: z.enum(["agent", "human", "admin", "clock"]).describe("Who caused it"),
  data: z
    .record(z.string(), z.string())
    .describe("Ids and statuses; read the rest by get_task, get_messages"),
});

export const eventId = (n: string | number): string => `evt_${String(n).padStart(12, "0")}`;

/** The number in an event's id; null when it is none. */
export const eventNumber = (id: string): string | null => /^evt_0*(\d{1,18})$/.exec(id)?.[1] ?? null;

export const encodeEvent = (row: EventRow): z.input<typeof eventShape> => ({
  id: eventId(row.n),
  type: row.type,
  createdAt: toIso(row.at),
  actor: row.actor_role as "agent",
  data: row.data,
});
