/** Every status × action × role through the door, against a table written by hand from the design. */

import { describe, expect, test } from "vitest";
import { type Actor, CLOCK } from "../src/context.ts";
import type { Core } from "../src/core.ts";
import { Refusal } from "../src/errors.ts";
import { type Action, actionsFor, type Role } from "../src/lifecycle.ts";
import type { Status } from "../src/statuses.ts";
import { act, coffeeShops, openWorld, REASON, type Stage, taskAt } from "./world.ts";

const w = await openWorld();
const agent = await w.agent("Rich", 2_000_000);
const human = await w.human();
const FAR = 60 * 24; // hours: every term is over by then
const later = w.later(FAR);

const STATUSES = [
  "pending_review",
  "open",
  "assigned",
  "submitted",
  "rejected_by_agent",
  "disputed",
  "completed",
  "expired",
] as const;
const ROLES = ["agent", "human", "admin", "clock"] as const;

/** "action role" → where it leads, what it does with the escrow, and the event it writes. */
const LEGAL: Record<Status, Record<string, [to: Status, money: "refund" | "release" | "", event: Action]>> = {
  pending_review: {
    "approve_listing admin": ["open", "", "approve_listing"],
    "decline_listing admin": ["expired", "refund", "decline_listing"],
    "cancel agent": ["expired", "refund", "cancel"],
    "expire clock": ["expired", "refund", "expire"],
  },
  open: {
    "cancel agent": ["expired", "refund", "cancel"],
    "expire clock": ["expired", "refund", "expire"],
    "select agent": ["assigned", "", "select"],
  },
  assigned: {
    "give_up human": ["open", "", "give_up"],
    "give_up admin": ["open", "", "give_up"],
    "submit_proof human": ["submitted", "", "submit"],
    "expire clock": ["expired", "refund", "expire"],
  },
  submitted: {
    "approve agent": ["completed", "release", "approve"],
    "approve clock": ["completed", "release", "approve"],
    "reject agent": ["rejected_by_agent", "", "reject"],
  },
  rejected_by_agent: {
    "submit_proof human": ["submitted", "", "resubmit"],
    "dispute human": ["disputed", "", "dispute"],
    "close clock": ["expired", "refund", "close"],
  },
  disputed: {
    "uphold admin": ["completed", "release", "uphold"],
    "dismiss admin": ["expired", "refund", "dismiss"],
  },
  completed: {},
  expired: {},
};

const BY: Record<string, Role[]> = {
  approve_listing: ["admin"],
  decline_listing: ["admin"],
  cancel: ["agent"],
  expire: ["clock"],
  select: ["agent"],
  give_up: ["human", "admin"],
  submit_proof: ["human"],
  approve: ["agent", "clock"],
  reject: ["agent"],
  dispute: ["human"],
  close: ["clock"],
  uphold: ["admin"],
  dismiss: ["admin"],
};

const actors: Record<Role, Actor> = { agent, human, admin: w.admin, clock: CLOCK };

function take(action: string, role: Role, taskId: string): Promise<unknown> {
  const core: Core = role === "clock" ? later : w.core;
  const go = (tool: string, more = {}) =>
    core.call(actors[role], tool, { taskId, ...more }, { idempotencyKey: `${action}-${role}-${taskId}` });
  const reason = REASON;
  const calls: Record<string, () => Promise<unknown>> = {
    approve_listing: () => go("review_task", { decision: "approve" }),
    decline_listing: () => go("review_task", { decision: "decline", reason }),
    cancel: () => go("cancel_task"),
    expire: () => go("expire_task"),
    select: () => go("select_applicant", { humanId: human.userId }),
    give_up: () => go("give_up_task", { reason }),
    submit_proof: () => go("submit_proof", { text: "Here it is." }),
    approve: () => go("approve_submission"),
    reject: () => go("reject_submission", { reason }),
    dispute: () => go("open_dispute", { reason }),
    close: () => go("close_task"),
    uphold: () => go("resolve_dispute", { decision: "uphold", reason }),
    dismiss: () => go("resolve_dispute", { decision: "dismiss", reason }),
  };
  return calls[action]!();
}

/** A task in a status; an open one has the human's application, an expired one had the human assigned. */
async function taskIn(status: Status): Promise<string> {
  const stages: Partial<Record<Status, Stage>> = { open: "applied", expired: "assigned" };
  const taskId = await taskAt(w, stages[status] ?? (status as Stage), agent, human);
  if (status === "expired") await later.call(CLOCK, "expire_task", { taskId });
  return taskId;
}

/** Somebody of the right role whom the status shuts out; a human is no party before being selected. */
function refusalFor(status: Status, action: string, role: Role): string {
  if (!BY[action]?.includes(role)) return "FORBIDDEN";
  if (role !== "human") return "INVALID_STATUS";
  if (status === "pending_review") return "TASK_NOT_FOUND";
  return status === "open" ? "FORBIDDEN" : "INVALID_STATUS";
}

const wealth = async () => {
  const [a, h] = [await w.core.call(agent, "get_wallet", {}), await w.core.call(human, "get_wallet", {})];
  return [a.balance, a.frozenBalance, h.balance].map((n) => Math.round(n * 1e6));
};

describe.each(STATUSES)("%s", (status) => {
  test("refuses every action but its own, to every role, and stays as it is", async () => {
    const taskId = await taskIn(status);
    const before = await w.core.call(w.admin, "get_task", { taskId });
    const outcomes: string[] = [];
    const expected: string[] = [];
    for (const action of Object.keys(BY)) {
      for (const role of ROLES) {
        if (LEGAL[status][`${action} ${role}`]) continue;
        const code = await take(action, role, taskId).then(
          () => "taken",
          (error: unknown) => (error instanceof Refusal ? error.code : String(error)),
        );
        outcomes.push(`${action} by ${role}: ${code}`);
        expected.push(`${action} by ${role}: ${refusalFor(status, action, role)}`);
      }
    }
    expect(outcomes).toEqual(expected);
    expect(await w.core.call(w.admin, "get_task", { taskId })).toEqual(before);
  });

  test.each(Object.entries(LEGAL[status]))("allows %s → %j", async (key, [to, money, event]) => {
    const [action, role] = key.split(" ") as [string, Role];
    const taskId = await taskIn(status);
    const [balance, frozen, earned] = (await wealth()) as [number, number, number];
    await take(action, role, taskId);
    const task = await w.core.call(w.admin, "get_task", { taskId });
    expect(task.status).toBe(to);
    expect(task.history.at(-1)).toMatchObject({ action: event, status: to, by: role });
    const budget = Math.round(task.budget * 1e6);
    expect(await wealth()).toEqual([
      balance + (money === "refund" ? budget : 0),
      frozen - (money === "" ? 0 : budget),
      earned + (money === "release" ? budget - Math.floor(budget / 10_000) : 0),
    ]);
    expect(task.escrow.status).toBe({ refund: "refunded", release: "released", "": "held" }[money]);
  });

  test("offers each role the actions that it may take", () => {
    for (const role of ROLES) {
      const offered = Object.entries(LEGAL[status]).filter(([key]) => key.endsWith(` ${role}`));
      expect(actionsFor(status, role).sort()).toEqual(offered.map(([, [, , event]]) => event).sort());
    }
  });
});

test.each([
  [5000, "open", "create"],
  [5000.000001, "pending_review", "create_for_review"],
])("posting %d locks it and starts as %s", async (budget, status, event) => {
  const [balance, frozen] = (await wealth()) as [number, number];
  const { id: taskId } = await act(w.core, agent, "create_task", coffeeShops({ budget }));
  const task = await w.core.call(agent, "get_task", { taskId });
  expect(task).toMatchObject({ status, history: [{ seq: 1, action: event, status, by: "agent" }] });
  const micro = Math.round(budget * 1e6);
  expect((await wealth()).slice(0, 2)).toEqual([balance - micro, frozen + micro]);
});

test.each([
  ["cancelled", "open", "cancel agent"],
  ["declined", "pending_review", "decline_listing admin"],
  ["deadline", "assigned", "expire clock"],
  ["rejected", "rejected_by_agent", "close clock"],
  ["dispute_dismissed", "disputed", "dismiss admin"],
] as const)("an end says why: %s", async (closedReason, status, key) => {
  const taskId = await taskIn(status);
  const [action, role] = key.split(" ") as [string, Role];
  await take(action, role, taskId);
  expect(await w.core.call(w.admin, "get_task", { taskId })).toMatchObject({
    status: "expired",
    closedReason,
  });
});
