/** Events as the outside sees them: the same ids and shapes in webhooks and in list_events. */

import { z } from "zod";
import { toIso } from "./codecs.ts";
import { timestamp } from "./fields.ts";

/** What `event` rows hold, as the driver gives them. */
export interface EventRow {
  n: string | number | bigint;
  type: string;
  data: Record<string, unknown>;
  at: string | Date;
}

export const eventShape = z.object({
  id: z.string().describe("evt_…; the same in webhooks and in list_events: skip one that you have seen"),
  type: z.string().describe("task.…, application.… or message.created"),
  createdAt: timestamp,
  data: z.record(z.string(), z.unknown()).describe("Ids and statuses; read the rest with the tools"),
});

export const eventId = (n: EventRow["n"]): string => `evt_${n}`;

/** Ids and statuses only, so it stays far below the 20 kB that a webhook may carry. */
export const encodeEvent = (row: EventRow): z.input<typeof eventShape> => ({
  id: eventId(row.n),
  type: row.type,
  createdAt: toIso(row.at),
  data: row.data,
});
