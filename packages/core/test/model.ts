/** A small model of the marketplace in plain arithmetic: what must happen, told without the product's code. */

export type Stand =
  | "pending_review"
  | "open"
  | "assigned"
  | "submitted"
  | "rejected_by_agent"
  | "disputed"
  | "completed"
  | "expired";

type Application = "pending" | "rejected" | "withdrawn" | "accepted";

export interface ModelTask {
  id: string;
  agent: number;
  budget: bigint;
  auto: boolean;
  deadline: number;
  status: Stand;
  human: number | null;
  applied: Map<number, Application>;
  clockAt: number | null;
}

const HOUR = 3_600_000;
/** Where silence leads. */
const BY_CLOCK: Partial<Record<Stand, Stand>> = {
  pending_review: "expired",
  open: "expired",
  assigned: "expired",
  submitted: "completed",
  rejected_by_agent: "expired",
};

export class Model {
  readonly tasks: ModelTask[] = [];
  readonly free: bigint[];
  readonly frozen: bigint[];
  readonly earned: bigint[];
  constructor(agents: bigint[], humans: number) {
    this.free = [...agents];
    this.frozen = agents.map(() => 0n);
    this.earned = Array.from({ length: humans }, () => 0n);
  }

  /** Whether a task can be posted; posts it under the id that comes back. */
  post(agent: number, budget: bigint, auto: boolean, deadline: number): ((id: string) => void) | null {
    if (this.free[agent]! < budget) return null;
    return (id) => {
      this.free[agent]! -= budget;
      this.frozen[agent]! += budget;
      const status: Stand = budget > 5_000_000_000n ? "pending_review" : "open";
      const task = {
        id,
        agent,
        budget,
        auto,
        deadline,
        status,
        human: null,
        applied: new Map(),
        clockAt: deadline,
      };
      this.tasks.push(task);
    };
  }

  /** Moves a task if it is in this status, its term is not over, and the condition holds. */
  step(t: ModelTask, now: number, from: Stand[], to: Stand, condition = true): (() => void) | null {
    if (!condition || !from.includes(t.status)) return null;
    const over = t.clockAt !== null && t.clockAt <= now;
    if (over && BY_CLOCK[t.status] !== to) return null;
    return () => this.enter(t, to, now);
  }

  /** An application changes only while the task is open and its deadline ahead. */
  apply(t: ModelTask, now: number, human: number): (() => void) | null {
    if (t.status !== "open" || t.deadline <= now || t.applied.get(human) === "pending") return null;
    return () => void t.applied.set(human, "pending");
  }

  withdraw(t: ModelTask, now: number, human: number): (() => void) | null {
    if (t.status !== "open" || t.deadline <= now || t.applied.get(human) !== "pending") return null;
    return () => void t.applied.set(human, "withdrawn");
  }

  select(t: ModelTask, now: number, human: number): (() => void) | null {
    const enter = this.step(t, now, ["open"], "assigned", t.applied.get(human) === "pending");
    return enter && (() => this.choose(t, human, "pending", "rejected", "accepted", enter));
  }

  giveUp(t: ModelTask, now: number, human: number): (() => void) | null {
    const enter = this.step(t, now, ["assigned"], "open", t.human === human);
    return enter && (() => this.choose(t, human, "rejected", "pending", "withdrawn", enter));
  }

  /** One application gets its own status, those of one status another; the task follows. */
  private choose(
    t: ModelTask,
    human: number,
    were: Application,
    are: Application,
    own: Application,
    enter: () => void,
  ) {
    for (const [h, status] of t.applied) if (status === were) t.applied.set(h, are);
    t.applied.set(human, own);
    t.human = own === "accepted" ? human : null;
    enter();
  }

  sweep(now: number) {
    for (const t of this.tasks) {
      const end = BY_CLOCK[t.status];
      if (end && t.clockAt !== null && t.clockAt <= now) this.enter(t, end, now);
    }
  }

  private enter(t: ModelTask, to: Stand, now: number) {
    t.status = to;
    if (to === "completed" || to === "expired") {
      this.frozen[t.agent]! -= t.budget;
      if (to === "expired") this.free[t.agent]! += t.budget;
      else this.earned[t.human!]! += t.budget - t.budget / 10_000n;
    }
    const review = t.auto ? 72 : 14 * 24;
    const terms: Partial<Record<Stand, number>> = {
      open: t.deadline,
      assigned: t.deadline,
      submitted: now + review * HOUR,
      rejected_by_agent: now + 7 * 24 * HOUR,
    };
    t.clockAt = terms[to] ?? null;
  }
}
