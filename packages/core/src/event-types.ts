/** The types of event that webhooks and list_events tell of. */

import { type Action, actions, lifecycle } from "./lifecycle.ts";

/** What happens beside the lifecycle. */
const others = [
  "application.created",
  "application.withdrawn",
  "message.created",
  "confirmation.requested",
  "confirmation.decided",
  "approval.requested",
  "approval.decided",
] as const;

export type EventType = (typeof lifecycle)[Action]["event"] | (typeof others)[number];

export const eventTypes: readonly EventType[] = [...actions.map((a) => lifecycle[a].event), ...others];
