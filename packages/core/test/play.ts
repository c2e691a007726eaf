/** A random history's steps, each played in the model and in the product. */

import { randomUUID } from "node:crypto";
import { expect } from "vitest";
import type { Actor } from "../src/context.ts";
import type { Core } from "../src/core.ts";
import { Refusal } from "../src/errors.ts";
import { sweep } from "../src/jobs/clock.ts";
import { Model, type ModelTask, type Stand } from "./model.ts";
import { coffeeShops, fail, REASON } from "./world.ts";

const HOUR = 3_600_000;
/** A core whose clock a step can move. */
export interface TimeTravel {
  core: Core;
  admin: Actor;
  jump: (hours: number) => Promise<void>;
}

const BUDGETS = [1, 1.000001, 7.654321, 49.999999, 150, 499.999999, 5000.000001, 6000.5];
const DEADLINES = [2, 48, 100, 400];
const JUMPS = [0.61, 0.61, 0.61, 30.37, 30.37, 75.73, 170.97, 340.21];
export const STEPS = [
  ...[
    "create",
    "create",
    "create",
    "create",
    "apply",
    "apply",
    "apply",
    "select",
    "select",
    "select",
    "submit",
    "submit",
  ],
  ...["submit", "approve", "reject", "reject", "dispute", "dispute", "uphold", "dismiss", "withdraw"],
  ...["give_up", "cancel", "approve_listing", "decline_listing", "jump", "sweep", "replay"],
] as const;
export interface Step {
  does: (typeof STEPS)[number];
  who: number;
  task: number;
  n: number;
}
const FITTING: Record<Stand, Step["does"][]> = {
  pending_review: ["approve_listing", "approve_listing", "decline_listing", "cancel"],
  open: ["apply", "apply", "select", "select", "select", "cancel", "withdraw"],
  assigned: ["submit", "submit", "submit", "give_up"],
  submitted: ["approve", "reject", "reject"],
  rejected_by_agent: ["submit", "dispute", "dispute"],
  disputed: ["uphold", "dismiss"],
  completed: [],
  expired: [],
};

interface Plan {
  actor: Actor;
  tool: string;
  more: Record<string, unknown>;
  may: (() => void) | null;
}

/** Plays one step in the model and in the product, and holds both to the same outcome. */
export class Play {
  readonly model = new Model([12_000_000_000n, 700_000_000n], 3);
  private last: { again: () => Promise<unknown>; at: number } | null = null;
  readonly world: TimeTravel;
  readonly agents: Actor[];
  readonly humans: Actor[];
  readonly count: Record<string, number>;
  constructor(world: TimeTravel, agents: Actor[], humans: Actor[], count: Record<string, number>) {
    this.world = world;
    this.agents = agents;
    this.humans = humans;
    this.count = count;
  }

  private now = () => this.world.core.now().getTime();

  private async both(
    does: string,
    call: () => Promise<unknown>,
    expected: ((reply: unknown) => void) | null,
  ) {
    const outcome = await call().then(
      (reply) => ({ reply }),
      (error: unknown) => {
        if (error instanceof Refusal) return error;
        throw error;
      },
    );
    const taken = !(outcome instanceof Refusal);
    expect(taken, `${does}: ${taken ? "taken" : `${outcome.code} ${outcome.message}`}`).toBe(
      expected !== null,
    );
    if (taken) expected?.(outcome.reply);
    const label = `${does} ${taken ? "taken" : "refused"}`;
    this.count[label] = (this.count[label] ?? 0) + 1;
    if (taken) this.last = { again: call, at: this.now() };
  }

  async step({ does, who, task, n }: Step) {
    const { model } = this;
    if (does === "jump") return this.world.jump(JUMPS[n % JUMPS.length]!);
    if (does === "sweep") {
      await sweep(this.world.core, fail);
      return model.sweep(this.now());
    }
    if (does === "replay") {
      if (this.last && this.now() - this.last.at < 20 * HOUR) await this.last.again();
      return;
    }
    if (does === "create") return this.create(who % 2, n);
    const t = model.tasks.at(-1 - (task % Math.max(model.tasks.length, 1)));
    if (t) await this.act(t, ...this.fit({ does, who, task, n }, t), n);
  }

  /** Mostly what fits the task and who can do it, else most histories would stay at their beginning. */
  private fit(step: Step, t: ModelTask): [Step["does"], number] {
    if (step.n % 5 === 0) return [step.does, step.who];
    const fitting = FITTING[t.status];
    const does = fitting[step.n % Math.max(fitting.length, 1)] ?? step.does;
    if (["submit", "give_up", "dispute"].includes(does)) return [does, t.human ?? step.who];
    return [does, ["select", "approve", "reject", "cancel"].includes(does) ? t.agent : step.who];
  }

  private create(agent: number, n: number) {
    const budget = BUDGETS[n % BUDGETS.length]!;
    const deadline = this.now() + DEADLINES[n % DEADLINES.length]! * HOUR;
    const [autoApprove, micro] = [n % 2 === 0, BigInt(Math.round(budget * 1e6))];
    const input = coffeeShops({ budget, autoApprove, deadline: new Date(deadline).toISOString() });
    const posted = this.model.post(agent, micro, autoApprove, deadline);
    const key = { idempotencyKey: randomUUID() };
    const call = () => this.world.core.call(this.agents[agent]!, "create_task", input, key);
    return this.both("create", call, posted && ((reply) => posted((reply as { id: string }).id)));
  }

  private act(t: ModelTask, does: Step["does"], who: number, n: number) {
    const key = { idempotencyKey: randomUUID() };
    const { actor, tool, more, may } = this.plan(t, does, who, n);
    const call = () => this.world.core.call(actor, tool, { taskId: t.id, ...more }, key);
    return this.both(does, call, may);
  }

  /** Which call a step is, and what the model does when it is taken (null: it must be refused). */
  private plan(t: ModelTask, does: Step["does"], who: number, n: number): Plan {
    const { model } = this;
    const now = this.now();
    const pending = [...t.applied.keys()].find((h) => t.applied.get(h) === "pending");
    const chosen = n % 5 === 0 ? n % 3 : (pending ?? n % 3);
    const [owner, worker] = [who % 2 === t.agent, t.human === who];
    const agent = (tool: string, may: Plan["may"], more = {}) => ({
      actor: this.agents[who % 2]!,
      tool,
      may,
      more,
    });
    const human = (tool: string, may: Plan["may"], more = {}) => ({
      actor: this.humans[who]!,
      tool,
      may,
      more,
    });
    const admin = (tool: string, decision: string, may: Plan["may"]) => {
      return { actor: this.world.admin, tool, may, more: { decision, reason: REASON } };
    };
    const reason = { reason: REASON };
    switch (does) {
      case "apply":
        return human("apply_to_task", model.apply(t, now, who), { message: "Me." });
      case "withdraw":
        return human("withdraw_application", model.withdraw(t, now, who));
      case "select": {
        const humanId = this.humans[chosen]!.userId;
        return agent("select_applicant", owner ? model.select(t, now, chosen) : null, { humanId });
      }
      case "give_up":
        return human("give_up_task", model.giveUp(t, now, who), reason);
      case "submit": {
        const may = model.step(t, now, ["assigned", "rejected_by_agent"], "submitted", worker);
        return human("submit_proof", may, { text: "Done." });
      }
      case "approve":
        return agent("approve_submission", model.step(t, now, ["submitted"], "completed", owner));
      case "reject":
        return agent(
          "reject_submission",
          model.step(t, now, ["submitted"], "rejected_by_agent", owner),
          reason,
        );
      case "cancel":
        return agent("cancel_task", model.step(t, now, ["open", "pending_review"], "expired", owner));
      case "dispute":
        return human("open_dispute", model.step(t, now, ["rejected_by_agent"], "disputed", worker), reason);
      case "uphold":
        return admin("resolve_dispute", does, model.step(t, now, ["disputed"], "completed"));
      case "dismiss":
        return admin("resolve_dispute", does, model.step(t, now, ["disputed"], "expired"));
      case "approve_listing":
        return admin("review_task", "approve", model.step(t, now, ["pending_review"], "open"));
      default:
        return admin("review_task", "decline", model.step(t, now, ["pending_review"], "expired"));
    }
  }

  async compare() {
    const micro = (amount: number) => BigInt(Math.round(amount * 1e6));
    for (const [i, agent] of this.agents.entries()) {
      const wallet = await this.world.core.call(agent, "get_wallet", {});
      expect(micro(wallet.balance), `agent ${i} available`).toBe(this.model.free[i]);
      expect(micro(wallet.frozenBalance), `agent ${i} frozen`).toBe(this.model.frozen[i]);
    }
    for (const [i, human] of this.humans.entries()) {
      const wallet = await this.world.core.call(human, "get_wallet", {});
      expect(micro(wallet.balance), `human ${i}`).toBe(this.model.earned[i]);
      expect(micro(wallet.totalEarned)).toBe(this.model.earned[i]);
    }
    for (const t of this.model.tasks) {
      const task = await this.world.core.call(this.world.admin, "get_task", { taskId: t.id });
      const humanId = t.human === null ? null : this.humans[t.human]!.userId;
      const applicantCount = [...t.applied.values()].filter((s) => s !== "withdrawn").length;
      expect(task).toMatchObject({ status: t.status, humanId, applicantCount });
    }
  }
}
