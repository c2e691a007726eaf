/** Events as the outside sees them: the same ids and shapes in webhooks, in list_events and in live pages. */

import { z } from "zod";
import { toIso } from "./codecs.ts";
import { timestamp } from "./fields.ts";
import { ours } from "./untrusted/mark.ts";

/** What `event` rows hold, as the driver gives them. */
export interface EventRow {
  n: string | number | bigint;
  type: string;
  actor_role: string;
  data: z.input<typeof eventShape>["data"];
  at: string | Date;
}

export const eventShape = z.object({
  id: ours(z.string().describe("evt_…: the same in webhooks and in list_events; also a cursor")),
  type: ours(z.string().describe("task.…, application.…, message.created, confirmation.… or approval.…")),
  createdAt: timestamp,
  actor: z.enum(["agent", "human", "admin", "clock"]).describe("Who caused it"),
  data: z
    .object({
      taskId: ours(z.string().describe("Absent where it is about no task")).optional(),
      questionId: ours().optional(),
      status: ours().optional(),
      from: ours().optional(),
      closedReason: ours().optional(),
      humanId: ours().optional(),
      applicationId: ours().optional(),
      messageId: ours().optional(),
      senderId: ours().optional(),
      confirmationId: ours().optional(),
      approvalId: ours().optional(),
    })
    .describe("Ids and statuses; read the rest with the tools"),
});

export const eventId = (n: EventRow["n"]): string => `evt_${String(n).padStart(12, "0")}`;

/** The number in an event's id; null when it is none. */
export const eventNumber = (id: string): string | null => /^evt_0*(\d{1,18})$/.exec(id)?.[1] ?? null;

/** Ids and statuses only, so it stays far below the 20 kB that a webhook may carry. */
export const encodeEvent = (row: EventRow): z.input<typeof eventShape> => ({
  id: eventId(row.n),
  type: row.type,
  createdAt: toIso(row.at),
  actor: row.actor_role as "agent",
  data: row.data,
});
