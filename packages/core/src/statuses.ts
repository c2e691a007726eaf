/** The statuses of a task. */

/** How a status is shown (word, tone), whether its escrow is held, and what the clock does when its time is up. */
interface StatusRow {
  label: string;
  tone: "waiting" | "live" | "busy" | "good" | "bad" | "closed";
  escrow: "held" | "released" | "refunded";
  /** The clock's action, and which term of the task it waits for. */
  clock: null | { action: string; after: "deadline" | "review" | "dispute" };
}

export const statuses = {
  pending_review: {
    label: "In review",
    tone: "waiting",
    escrow: "held",
    clock: { action: "expire", after: "deadline" },
  },
  open: { label: "Open", tone: "live", escrow: "held", clock: { action: "expire", after: "deadline" } },
  assigned: {
    label: "Assigned",
    tone: "busy",
    escrow: "held",
    clock: { action: "expire", after: "deadline" },
  },
  submitted: {
    label: "Submitted",
    tone: "waiting",
    escrow: "held",
    clock: { action: "approve", after: "review" },
  },
  rejected_by_agent: {
    label: "Rejected",
    tone: "bad",
    escrow: "held",
    clock: { action: "close", after: "dispute" },
  },
  disputed: { label: "Disputed", tone: "bad", escrow: "held", clock: null },
  completed: { label: "Completed", tone: "good", escrow: "released", clock: null },
  expired: { label: "Closed", tone: "closed", escrow: "refunded", clock: null },
} as const satisfies Record<string, StatusRow>;

export type Status = keyof typeof statuses;
export const statusNames = Object.keys(statuses) as Status[];
