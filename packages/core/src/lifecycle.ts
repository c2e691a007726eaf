/**
 * The task lifecycle: one row is one business rule. Types, allowed actions, the database's rule rows,
 * the diagram in the docs, event names and the buttons a person sees are all derived from these two tables.
 */

import { type Status, statuses } from "./statuses.ts";

export type Role = "agent" | "human" | "admin" | "clock";

/** What a transition does with the escrow. */
export type Money = "lock" | "release" | "refund";

/** "new" is the place before the first event; no task is ever seen in it. */
export type From = Status | "new";

interface Transition {
  from: readonly From[];
  to: Status;
  by: readonly Role[];
  money: Money | null;
  /** Name of the event that the transition emits. */
  event: `task.${string}`;
  /** What the action is called on a button, and in the history. */
  label: string;
  past: string;
  /** Why a task ended in `expired`. */
  closedReason?: string;
  /** Not for every task: the places of a question are taken without applying. */
  only?: "task" | "question";
}

export const lifecycle = {
  create: {
    from: ["new"],
    to: "open",
    by: ["agent"],
    money: "lock",
    event: "task.created",
    label: "Post task",
    past: "Posted, budget locked in escrow",
  },
  create_for_review: {
    from: ["new"],
    to: "pending_review",
    by: ["agent"],
    money: "lock",
    event: "task.pending_review",
    label: "Post for review",
    past: "Posted for review, budget locked in escrow",
  },
  approve_listing: {
    from: ["pending_review"],
    to: "open",
    by: ["admin"],
    money: null,
    event: "task.opened",
    label: "Approve listing",
    past: "Listing approved",
  },
  decline_listing: {
    from: ["pending_review"],
    to: "expired",
    by: ["admin"],
    money: "refund",
    event: "task.declined",
    label: "Decline listing",
    past: "Listing declined, escrow refunded",
    closedReason: "declined",
  },
  cancel: {
    from: ["open", "pending_review"],
    to: "expired",
    by: ["agent"],
    money: "refund",
    event: "task.cancelled",
    label: "Cancel task",
    past: "Cancelled, escrow refunded",
    closedReason: "cancelled",
  },
  expire: {
    from: ["open", "pending_review", "assigned"],
    to: "expired",
    by: ["clock"],
    money: "refund",
    event: "task.expired",
    label: "Expire",
    past: "Deadline passed, escrow refunded",
    closedReason: "deadline",
  },
  select: {
    from: ["open"],
    to: "assigned",
    by: ["agent"],
    money: null,
    event: "task.assigned",
    label: "Select",
    past: "Applicant selected",
    only: "task",
  },
  claim: {
    from: ["open"],
    to: "assigned",
    by: ["human"],
    money: null,
    event: "task.claimed",
    label: "Answer",
    past: "Place taken, to be answered",
    only: "question",
  },
  lapse: {
    from: ["assigned"],
    to: "open",
    by: ["clock"],
    money: null,
    event: "task.claim_lapsed",
    label: "Lapse",
    past: "No answer in time, open again",
    only: "question",
  },
  give_up: {
    from: ["assigned"],
    to: "open",
    by: ["human", "admin"],
    money: null,
    event: "task.given_up",
    label: "Give up",
    past: "Given back, open again",
  },
  submit: {
    from: ["assigned"],
    to: "submitted",
    by: ["human"],
    money: null,
    event: "task.submitted",
    label: "Submit proof",
    past: "Proof submitted",
  },
  approve: {
    from: ["submitted"],
    to: "completed",
    by: ["agent", "clock"],
    money: "release",
    event: "task.completed",
    label: "Approve and pay",
    past: "Approved, escrow paid out",
  },
  reject: {
    from: ["submitted"],
    to: "rejected_by_agent",
    by: ["agent"],
    money: null,
    event: "task.rejected",
    label: "Reject",
    past: "Submission rejected",
  },
  resubmit: {
    from: ["rejected_by_agent"],
    to: "submitted",
    by: ["human"],
    money: null,
    event: "task.resubmitted",
    label: "Resubmit",
    past: "Proof submitted again",
  },
  dispute: {
    from: ["rejected_by_agent"],
    to: "disputed",
    by: ["human"],
    money: null,
    event: "task.disputed",
    label: "Open dispute",
    past: "Dispute opened",
  },
  close: {
    from: ["rejected_by_agent"],
    to: "expired",
    by: ["clock"],
    money: "refund",
    event: "task.closed",
    label: "Close",
    past: "Rejection stood, escrow refunded",
    closedReason: "rejected",
  },
  uphold: {
    from: ["disputed"],
    to: "completed",
    by: ["admin"],
    money: "release",
    event: "task.dispute_upheld",
    label: "Uphold the human",
    past: "Dispute upheld, escrow paid out",
  },
  dismiss: {
    from: ["disputed"],
    to: "expired",
    by: ["admin"],
    money: "refund",
    event: "task.dispute_dismissed",
    label: "Dismiss the dispute",
    past: "Dispute dismissed, escrow refunded",
    closedReason: "dispute_dismissed",
  },
} as const satisfies Record<string, Transition>;

export type Action = keyof typeof lifecycle;

export const actions = Object.keys(lifecycle) as Action[];

const transition = (action: Action): Transition => lifecycle[action];

/** The statuses in which an action may be taken (empty for the creating actions). */
export function statusesFor(action: Action): Status[] {
  return transition(action).from.filter((from): from is Status => from !== "new");
}

/** What a role may do with a task in a status: the buttons of a page, the `allowedActions` of a task. */
export function actionsFor(status: Status, role: Role, kind: "task" | "question" = "task"): Action[] {
  return actions.filter((action) => {
    const { from, by, only = kind } = transition(action);
    return from.includes(status) && by.includes(role) && only === kind;
  });
}

/** One row per (action, from, role): what the database keeps and acts by. */
export function ruleRows() {
  return actions.flatMap((action) => {
    const { from: starts, to, by, money, closedReason = null } = transition(action);
    const clockAfter = statuses[to].clock?.after ?? null;
    return starts.flatMap((from) =>
      by.map((role) => ({ action, from, to, role, money, closedReason, clockAfter })),
    );
  });
}
